package io.telemetryinject.cache.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cache.EntryObjects;
import io.telemetryinject.cache.EntryObjects.NewObject;
import io.telemetryinject.cache.RawObjects;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryCreationIT {
  private static final EntryCreation.Timing QUICK =
      new EntryCreation.Timing(
          Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMillis(100));

  private static final String SCRIPT = "scripts/python/x.py";
  private static final String METADATA = "metadata/entries/x.json";

  @TempDir Path root;
  private Path directory;
  private RawObjects raw;
  private S3Server server;
  private S3ObjectStore store;

  @BeforeEach
  void start() throws Exception {
    directory = Files.createDirectory(root.resolve("bucket")).resolve("cache");
    server = S3Server.start(root);
    raw = server.raw(directory);
    store = server.store(server.settings(directory), QUICK);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static EntryObjects entry(String text) {
    return new EntryObjects(
        List.of(
            object(SCRIPT, text),
            object("tests/python/test_x.py", text),
            object("validation/results/x.json", text)),
        object(METADATA, text),
        "metadata/entries/x.quarantined.json");
  }

  private static NewObject object(String key, String text) {
    return new NewObject(key, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void leavesTheNameOfAWriterThatDied() throws Exception {
    // Given what a writer that died has left
    left();
    S3ObjectStore soon =
        server.store(
            server.settings(directory),
            new EntryCreation.Timing(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO));

    assertThat(soon.createEntry(entry("mine"))).isFalse();
    assertThat(text(SCRIPT)).as("never written over").isEqualTo("left");
    assertThat(raw.has(METADATA)).isFalse();
  }

  @Test
  void waitsForAWriterThatMayBeAlive() throws Exception {
    left();
    CompletableFuture<Boolean> waiting = creating("mine");
    Awaitility.await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> !waiting.isDone());

    // When that one finishes
    store.replace(METADATA, new byte[] {'x'});

    assertThat(waiting.get(30, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void takesANameThatBecomesFreeWhileItWaits() throws Exception {
    left();
    CompletableFuture<Boolean> waiting = creating("mine");
    raw.delete(SCRIPT);

    assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(text(SCRIPT)).isEqualTo("mine");
    assertThat(text(METADATA)).isEqualTo("mine");
  }

  @Test
  void finishesNothingWhenItTookTooLong() throws Exception {
    S3ObjectStore slow =
        server.store(
            server.settings(directory),
            new EntryCreation.Timing(Duration.ZERO, Duration.ofSeconds(60), Duration.ZERO));

    assertThat(slow.createEntry(entry("late"))).isFalse();
    assertThat(raw.has(METADATA)).isFalse();
  }

  @Test
  void doesNotUseTheNameOfAnEntryInQuarantine() throws Exception {
    store.replace("metadata/entries/x.quarantined.json", new byte[] {'x'});

    assertThat(store.createEntry(entry("mine"))).isFalse();
    assertThat(raw.has(METADATA)).isFalse();
  }

  private CompletableFuture<Boolean> creating(String text) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return store.createEntry(entry(text));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void left() throws Exception {
    raw.put(SCRIPT, "left".getBytes(StandardCharsets.UTF_8));
  }

  private String text(String key) throws Exception {
    return new String(raw.get(key), StandardCharsets.UTF_8);
  }
}
