package io.telemetryinject.cache.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cache.EntryObjects;
import io.telemetryinject.cache.EntryObjects.NewObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
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

  @TempDir Path root;
  private Path directory;
  private S3Server server;
  private S3ObjectStore store;

  @BeforeEach
  void start() throws Exception {
    directory = Files.createDirectory(root.resolve("bucket")).resolve("cache");
    server = S3Server.start(root);
    store = server.store(server.settings(directory), QUICK);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static EntryObjects entry(String text) {
    return new EntryObjects(
        List.of(
            object("scripts/python/x.py", text),
            object("tests/python/test_x.py", text),
            object("validation/results/x.json", text)),
        object("metadata/entries/x.json", text),
        "metadata/entries/x.quarantined.json");
  }

  private static NewObject object(String key, String text) {
    return new NewObject(key, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void leavesTheNameOfAWriterThatDied() throws Exception {
    // Given what a writer that died an hour ago has left
    Path script = left(Instant.now().minus(Duration.ofHours(1)));

    assertThat(store.createEntry(entry("mine"))).isFalse();
    assertThat(script).as("never written over").hasContent("left");
    assertThat(directory.resolve("metadata/entries/x.json")).doesNotExist();
  }

  @Test
  void waitsForAWriterThatMayBeAlive() throws Exception {
    left(Instant.now());
    CompletableFuture<Boolean> waiting = creating("mine");
    Awaitility.await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> !waiting.isDone());

    // When that one finishes
    store.replace("metadata/entries/x.json", new byte[] {'x'});

    assertThat(waiting.get(30, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void takesANameThatBecomesFreeWhileItWaits() throws Exception {
    Path script = left(Instant.now());
    CompletableFuture<Boolean> waiting = creating("mine");
    Files.delete(script);

    assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(script).hasContent("mine");
    assertThat(directory.resolve("metadata/entries/x.json")).hasContent("mine");
  }

  @Test
  void finishesNothingWhenItTookTooLong() throws Exception {
    S3ObjectStore slow =
        server.store(
            server.settings(directory),
            new EntryCreation.Timing(Duration.ZERO, Duration.ofSeconds(60), Duration.ZERO));

    assertThat(slow.createEntry(entry("late"))).isFalse();
    assertThat(directory.resolve("metadata/entries/x.json")).doesNotExist();
  }

  @Test
  void doesNotUseTheNameOfAnEntryInQuarantine() throws Exception {
    store.replace("metadata/entries/x.quarantined.json", new byte[] {'x'});

    assertThat(store.createEntry(entry("mine"))).isFalse();
    assertThat(directory.resolve("metadata/entries/x.json")).doesNotExist();
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

  private Path left(Instant when) throws Exception {
    Path script = directory.resolve("scripts/python/x.py");
    Files.createDirectories(script.getParent());
    Files.writeString(script, "left");
    Files.setLastModifiedTime(script, FileTime.from(when));
    return script;
  }
}
