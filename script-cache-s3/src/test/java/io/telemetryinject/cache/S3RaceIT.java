package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cache.s3.S3Server;
import io.telemetryinject.model.ScriptKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3RaceIT {
  private static final int WRITERS = 16;
  private static final int ROUNDS = 100;

  @TempDir Path root;
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private S3Server server;
  private CacheFixture fixture;

  @BeforeEach
  void startServer() throws Exception {
    server = S3Server.start(root);
    fixture =
        new CacheFixture(
            Files.createDirectory(root.resolve("bucket")).resolve("c"), server::store, server::raw);
  }

  @AfterEach
  void stopServer() {
    threads.shutdownNow();
    server.close();
  }

  @Test
  void hasOneWinnerPerRoundAndAllOthersAdoptItsScript() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(WRITERS);
    List<StoredScriptCache> caches = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      caches.add(fixture.open());
    }
    Set<String> winners = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      ScriptKey key = key("round-" + round);
      List<Callable<CachedScript>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        StoredScriptCache cache = caches.get(i);
        String text = "writer-" + i;
        writers.add(
            () -> {
              barrier.await();
              return cache.create(script(key, text), 1);
            });
      }
      Set<CachedScript> standing = new HashSet<>();
      for (Future<CachedScript> writer : threads.invokeAll(writers)) {
        standing.add(writer.get());
      }
      assertThat(standing).as("round %s", round).hasSize(1);
      CachedScript winner = standing.iterator().next();
      assertThat(winner.version()).isEqualTo(1);
      assertThat(fixture.open().read(key, 1)).contains(winner);
      winners.add(winner.script());
    }
    assertThat(winners).as("control: the race is a race").hasSizeGreaterThan(1);
    assertThat(fixture.quarantined).isEmpty();
    assertThat(fixture.maintenance().validate(CacheFixture.VERIFIER, (entry, reason) -> {}))
        .isEmpty();
  }

  @Test
  void hasOneWinnerPerRoundWhenProcessesRace() throws Exception {
    Path keyFile = Files.createDirectory(root.resolve("key")).resolve("signing-key");
    SigningKeys.openOrCreate(keyFile);
    List<RacingWriters> processes = new ArrayList<>();
    Set<String> winners = new HashSet<>();
    try {
      for (String name : List.of("a", "b", "c", "d")) {
        processes.add(RacingWriters.start(name, server.settings(fixture.directory), keyFile));
      }
      for (int round = 0; round < ROUNDS / 2; round++) {
        Collections.rotate(processes, 1);
        for (RacingWriters process : processes) {
          process.begin(round);
        }
        Set<String> standing = new HashSet<>();
        for (RacingWriters process : processes) {
          standing.addAll(process.standing());
        }
        assertThat(standing).as("round %s", round).hasSize(1).allMatch(s -> s.startsWith("1 "));
        winners.addAll(standing);
      }
    } finally {
      processes.forEach(RacingWriters::close);
    }
    assertThat(winners.stream().map(winner -> winner.split("-")[0]).distinct())
        .as("control: the race is a race")
        .hasSizeGreaterThan(1);
    assertThat(
            fixture
                .maintenance()
                .validate(
                    SigningKeys.publicOnly(List.of(keyFile.resolveSibling("signing-key.pub"))),
                    (entry, reason) -> {}))
        .isEmpty();
  }

  /** Texts are the same, so that only receipts tell writers' entries apart. */
  @Test
  void mixesNoEntriesWhenScriptsAreTheSame() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(WRITERS);
    for (int round = 0; round < 10; round++) {
      ScriptKey key = key("same-" + round);
      List<Callable<CachedScript>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        StoredScriptCache cache = fixture.open();
        NewScript script = script(key, "same\n");
        writers.add(
            () -> {
              barrier.await();
              return cache.create(script, 1);
            });
      }
      for (Future<CachedScript> writer : threads.invokeAll(writers)) {
        assertThat(writer.get().version()).isEqualTo(1);
      }
      assertThat(fixture.open().versions(key.language())).hasSize(round + 1);
    }
    assertThat(fixture.quarantined).isEmpty();
  }
}
