package io.telemetryinject.cache.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.cache.ScriptClaims;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.ScriptKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
import java.util.stream.Stream;
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
  private S3Server server;

  @BeforeEach
  void start() throws Exception {
    directory = Files.createDirectory(root.resolve("bucket")).resolve("cache");
    server = S3Server.start(root);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    opened.forEach(S3KeyClaims::close);
    server.close();
  }

  /** Those of one process. */
  private S3KeyClaims claims(Duration renewed) {
    S3Settings settings = server.settings(directory);
    S3KeyClaims claims =
        new S3KeyClaims(
            new S3Requests(server.client(settings), settings, OutageListener.logging()),
            new S3KeyClaims.Timing(renewed, Duration.ofSeconds(60)));
    opened.add(claims);
    return claims;
  }

  @Test
  void isHeldByOneAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Callable<Void>> holders = new ArrayList<>();
    for (int process = 0; process < 4; process++) {
      S3KeyClaims claims = claims(Duration.ofSeconds(15));
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
    Path lease = directory.resolve("metadata/claims/" + KEY.digest() + ".3");
    Files.createDirectories(lease.getParent());
    Files.writeString(lease, "{}");
    Future<ScriptClaims.Claim> one = taking();
    Future<ScriptClaims.Claim> other = taking();
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> !one.isDone() && !other.isDone());

    // When it is old
    Files.setLastModifiedTime(lease, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));

    await().atMost(Duration.ofSeconds(30)).until(() -> one.isDone() || other.isDone());
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> !(one.isDone() && other.isDone()));
    assertThat(leases()).containsExactly(KEY.digest() + ".4");
  }

  private Future<ScriptClaims.Claim> taking() {
    S3KeyClaims claims = claims(Duration.ofSeconds(15));
    return threads.submit(() -> claims.take(KEY));
  }

  @Test
  void staysWithAHolderThatRenewsIt() throws Exception {
    S3KeyClaims claims = claims(Duration.ofMillis(200));
    Future<ScriptClaims.Claim> taken = threads.submit(() -> claims.take(KEY));
    taken.get(30, TimeUnit.SECONDS);
    Path lease = directory.resolve("metadata/claims/" + KEY.digest() + ".1");
    Instant old = Instant.now().minus(Duration.ofMinutes(2));
    Files.setLastModifiedTime(lease, FileTime.from(old));

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.getLastModifiedTime(lease).toInstant().isAfter(old.plusSeconds(60)));
    claims.close();
    assertThat(leases()).as("given up").isEmpty();
  }

  private List<String> leases() throws Exception {
    Path claims = directory.resolve("metadata/claims");
    if (!Files.exists(claims)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(claims)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
