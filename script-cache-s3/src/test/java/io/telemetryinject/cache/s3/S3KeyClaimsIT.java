package io.telemetryinject.cache.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.cache.RawObjects;
import io.telemetryinject.cache.ScriptClaims;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.ScriptKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3KeyClaimsIT {
  private static final ScriptKey KEY =
      new ScriptKey(Language.PYTHON, KeyKind.SHAPE, "shape", "0123456789abcdef".repeat(4));

  @TempDir Path root;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<S3KeyClaims> opened = new ArrayList<>();
  private Path directory;
  private RawObjects raw;
  private S3Server server;

  @BeforeEach
  void start() throws Exception {
    directory = Files.createDirectory(root.resolve("bucket")).resolve("cache");
    server = S3Server.start(root);
    raw = server.raw(directory);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    opened.forEach(S3KeyClaims::close);
    server.close();
  }

  /** Those of one process. */
  private S3KeyClaims claims(Duration renewed, Duration expired) {
    S3Settings settings = server.settings(directory);
    S3KeyClaims claims =
        new S3KeyClaims(
            new S3Requests(server.client(settings), settings, OutageListener.logging()),
            new S3KeyClaims.Timing(renewed, expired));
    opened.add(claims);
    return claims;
  }

  @Test
  void isHeldByOneAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Callable<Void>> holders = new ArrayList<>();
    for (int process = 0; process < 4; process++) {
      S3KeyClaims claims = claims(Duration.ofSeconds(15), Duration.ofSeconds(60));
      for (int thread = 0; thread < 2; thread++) {
        holders.add(
            () -> {
              for (int round = 0; round < 5; round++) {
                try (ScriptClaims.Claim claim = claims.take(KEY)) {
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  Thread.yield();
                  inside.decrementAndGet();
                }
              }
              return null;
            });
      }
    }
    for (Future<Void> holder : threads.invokeAll(holders)) {
      holder.get();
    }
    assertThat(most).hasValue(1);
    assertThat(leases()).as("all given up").isEmpty();
  }

  @Test
  void passesToOneOfThoseWhoWaitWhenItsHolderDied() throws Exception {
    // Given a lease that nobody renews
    raw.put(lease(3), "{}".getBytes(StandardCharsets.UTF_8));
    Future<ScriptClaims.Claim> one = taking();
    Future<ScriptClaims.Claim> other = taking();
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> !one.isDone() && !other.isDone());

    // When it has become old
    await().atMost(Duration.ofSeconds(30)).until(() -> one.isDone() || other.isDone());
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> !(one.isDone() && other.isDone()));
    assertThat(leases()).containsExactly(lease(4));
  }

  private Future<ScriptClaims.Claim> taking() {
    S3KeyClaims claims = claims(Duration.ofMillis(500), Duration.ofSeconds(6));
    return threads.submit(() -> claims.take(KEY));
  }

  @Test
  void staysWithAHolderThatRenewsIt() throws Exception {
    S3KeyClaims claims = claims(Duration.ofMillis(200), Duration.ofSeconds(60));
    Future<ScriptClaims.Claim> taken = threads.submit(() -> claims.take(KEY));
    taken.get(30, TimeUnit.SECONDS);
    S3ObjectStore store = server.store(directory);
    Instant taking = store.find(lease(1)).orElseThrow().lastModified();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> store.find(lease(1)).orElseThrow().lastModified().isAfter(taking));
    claims.close();
    assertThat(leases()).as("given up").isEmpty();
  }

  private List<String> leases() throws Exception {
    return raw.keys().stream().filter(key -> key.startsWith("metadata/claims/")).toList();
  }

  private static String lease(int number) {
    return "metadata/claims/" + KEY.digest() + "." + number;
  }
}
