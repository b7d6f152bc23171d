package io.telemetryinject.cache.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.telemetryinject.cache.CacheError;
import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.s3.FaultyProxy.Fault.Fate;
import io.telemetryinject.cache.s3.S3Settings.Credentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3FaultsIT {
  private static final String KEY = "metadata/entries/x.json";
  private static final byte[] ONE = "one".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER = "other".getBytes(StandardCharsets.UTF_8);

  @TempDir Path root;
  private Path directory;
  private S3Server server;
  private FaultyProxy proxy;
  private final OutageRecord outages = new OutageRecord();

  @BeforeEach
  void start() throws Exception {
    directory = Files.createDirectory(root.resolve("bucket")).resolve("cache");
    server = S3Server.startOpen(root);
    proxy = new FaultyProxy(server.endpoint().getPort());
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    server.close();
  }

  private S3ObjectStore store(Duration patience) {
    S3Settings settings =
        server
            .settings(server.location(directory), proxy.endpoint())
            .withPatience(Duration.ofSeconds(2), patience);
    return server.store(settings, outages, EntryCreation.Timing.USUAL);
  }

  private static FaultyProxy.Fault first(int times, Fate fate) {
    AtomicInteger left = new AtomicInteger(times);
    return line -> left.getAndDecrement() > 0 ? fate : Fate.PASS;
  }

  @Test
  void slowsDownAndCarriesOnWithoutAWord() throws Exception {
    S3ObjectStore store = store(Duration.ofSeconds(30));
    proxy.inject(first(3, Fate.SLOW_DOWN));

    assertThat(store.create(KEY, ONE)).isTrue();
    assertThat(proxy.requests()).as("control: faults were met").hasSizeGreaterThanOrEqualTo(5);
    assertThat(outages.told).isEmpty();
  }

  @Test
  void asksAgainWhenWritersConflict() throws Exception {
    S3ObjectStore store = store(Duration.ofSeconds(30));
    store.create(KEY, ONE);
    proxy.inject(first(1, Fate.CONFLICT));

    assertThat(store.create(KEY + "2", ONE)).isTrue();
    proxy.inject(first(1, Fate.CONFLICT));
    assertThat(store.create(KEY + "2", OTHER)).isFalse();
  }

  @Test
  void hasCreatedWhatItCreatedBeforeTheAnswerWasLost() throws Exception {
    S3ObjectStore store = store(Duration.ofSeconds(30));
    store.replace("metadata/other", ONE);
    proxy.inject(first(1, Fate.ANSWER_LOST));

    assertThat(store.create(KEY, ONE)).isTrue();
    assertThat(store.create(KEY, ONE)).as("control: once").isFalse();
  }

  @Test
  void hasNotCreatedWhatAnotherCreatedBeforeTheAnswerWasLost() throws Exception {
    S3ObjectStore store = store(Duration.ofSeconds(30));
    store.create(KEY, OTHER);
    proxy.inject(first(1, Fate.ANSWER_LOST));

    assertThat(store.create(KEY, ONE)).isFalse();
    assertThat(store.read(KEY, 100)).hasValue(OTHER);
  }

  @Test
  void readsAgainWhatArrivedInPart() throws Exception {
    S3ObjectStore store = store(Duration.ofSeconds(30));
    store.create(KEY, ONE);
    proxy.inject(first(2, Fate.ANSWER_CUT_SHORT));

    assertThat(store.read(KEY, 100)).hasValue(ONE);
  }

  @Test
  void waitsForAServerThatIsDownAndSaysSoOnce() throws Exception {
    S3ObjectStore store = store(Duration.ofSeconds(60));
    store.create(KEY, ONE);
    server.stop();
    CompletableFuture<Optional<byte[]>> reading = reading(store);
    CompletableFuture<Optional<byte[]>> another = reading(store);
    await().atMost(Duration.ofSeconds(30)).until(() -> outages.told.contains("began"));
    assertThat(reading).isNotDone();

    server.restart();

    assertThat(reading.get(30, TimeUnit.SECONDS)).hasValue(ONE);
    assertThat(another.get(30, TimeUnit.SECONDS)).hasValue(ONE);
    assertThat(outages.told).containsExactly("began", "ended");
  }

  private static CompletableFuture<Optional<byte[]>> reading(S3ObjectStore store) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return store.read(KEY, 100);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void failsTypedWhenPatienceIsUsedUpAndThenAtOnce() throws Exception {
    S3ObjectStore store = store(Duration.ofSeconds(1));
    store.create(KEY, ONE);
    server.stop();

    assertUnavailable(store);
    int made = proxy.requests().size();
    for (int i = 0; i < 100; i++) {
      assertUnavailable(store);
    }
    assertThat(proxy.requests().size() - made).as("hardly any is sent").isLessThan(10);

    server.restart();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> store.read(KEY, 100).isPresent());
    assertThat(outages.told).containsExactly("began", "ended");
  }

  private static void assertUnavailable(S3ObjectStore store) {
    assertThatThrownBy(() -> store.read(KEY, 100))
        .isInstanceOfSatisfying(
            CacheException.class, e -> assertThat(e.error()).isEqualTo(CacheError.UNAVAILABLE))
        .hasMessageContaining("cannot read s3://bucket/cache/" + KEY + ": no answer for")
        .hasMessageContaining("\n  Check that it runs");
  }

  @Test
  void refusesAServerThatDoesNotCreateOnce() {
    assumeTrue(server.believesEverybody(), "a server that checks signatures notices the change");
    proxy.inject(FaultyProxy.rewriting(h -> h.replaceAll("(?i)if-none-match: \\*\r\n", "")));
    S3ObjectStore store = store(Duration.ofSeconds(30));

    assertThatThrownBy(() -> store.create(KEY, ONE))
        .isInstanceOfSatisfying(
            CacheException.class, e -> assertThat(e.error()).isEqualTo(CacheError.NO_CREATE_ONCE))
        .hasMessageContaining("the server ignores If-None-Match")
        .hasMessageContaining("Use an endpoint that honours If-None-Match");
    proxy.inject(FaultyProxy.Fault.none());
    assertThat(store(Duration.ofSeconds(30)))
        .satisfies(honest -> assertThat(honest.create(KEY, ONE)).isTrue());
  }

  @Test
  void tellsAMissingBucketFromAMissingObject() throws Exception {
    S3ObjectStore store =
        server.store(
            server.settings(S3Location.parse("s3://nowhere/c"), server.endpoint()),
            EntryCreation.Timing.USUAL);

    assertThatThrownBy(() -> store.read(KEY, 100))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("s3://nowhere/c/" + KEY)
        .hasMessageContaining("Create the bucket");
    assertThat(store(Duration.ofSeconds(30)).read(KEY, 100)).isEmpty();
  }

  @Test
  void refusesWithAdviceWhenCredentialsAreWrong() throws Exception {
    try (S3Server strict = S3Server.start(root)) {
      S3ObjectStore store =
          strict.store(
              strict.settings(directory).withCredentials(new Credentials("nobody", "nothing")),
              EntryCreation.Timing.USUAL);
      assertThatThrownBy(() -> store.read(KEY, 100))
          .isInstanceOfSatisfying(
              CacheException.class, e -> assertThat(e.error()).isEqualTo(CacheError.ACCESS_DENIED))
          .hasMessageContaining("Check the credentials");
    }
  }

  @Test
  void takesNoMoreThanItMay() throws Exception {
    S3ObjectStore store = store(Duration.ofSeconds(30));
    store.replace(KEY, new byte[1_000]);
    assertThatThrownBy(() -> store.read(KEY, 999)).hasMessage("is larger than 999 bytes");
    assertThat(store.read(KEY, 1_000)).isPresent();
  }
}
