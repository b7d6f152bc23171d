package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.cache.s3.S3Server;
import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    int rounds = ROUNDS / 2;
    Path gate = root.resolve("gate");
    Map<String, Process> processes = new TreeMap<>();
    for (String name : List.of("a", "b", "c", "d")) {
      processes.put(
          name,
          RacingWriters.start(name, server.settings(fixture.directory), keyFile, gate, rounds));
    }
    for (String name : processes.keySet()) {
      await().atMost(Duration.ofMinutes(1)).until(() -> said(name).contains("READY"));
    }
    Files.createFile(gate);

    List<String> standing = new ArrayList<>();
    for (Map.Entry<String, Process> process : processes.entrySet()) {
      assertThat(process.getValue().waitFor(2, TimeUnit.MINUTES)).isTrue();
      said(process.getKey()).stream()
          .filter(line -> !line.matches("READY|SLF4J.*"))
          .forEach(standing::add);
    }
    assertThat(standing).hasSize(WRITERS * rounds).allMatch(line -> line.matches("\\d+ 1 .*"));
    Set<String> winners = new HashSet<>(standing);
    assertThat(winners).as("one a round").hasSize(rounds);
    assertThat(winners.stream().map(line -> line.split(" ")[2].split("-")[0]).distinct())
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

  private List<String> said(String process) throws IOException {
    return Files.readAllLines(root.resolve(process + ".out"));
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
