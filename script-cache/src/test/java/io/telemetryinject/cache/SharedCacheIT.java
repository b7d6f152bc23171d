package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedCacheIT {
  private static final int THREADS = 8;
  private static final int ROUNDS = 25;

  @TempDir Path temporary;
  private CacheFixture fixture;
  private Path keyFile;

  @BeforeEach
  void setUp() {
    fixture = new CacheFixture(temporary.resolve("cache"));
    keyFile = temporary.resolve("keys").resolve("signing-key");
  }

  @Test
  void hasOneWinnerWhenThreadsRace() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    Set<String> winners = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      ScriptKey key = key("round-" + round);
      List<Callable<CachedScript>> writers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String text = "writer-" + i;
        // A cache of its own for each: as separate as processes, but for the JVM's file locks.
        StoredScriptCache cache = fixture.open();
        writers.add(
            () -> {
              barrier.await();
              return cache.create(script(key, text), 1);
            });
      }
      Set<CachedScript> standing = new HashSet<>(inParallel(writers));
      assertThat(standing).as("round %s", round).hasSize(1);
      CachedScript winner = standing.iterator().next();
      assertThat(fixture.open().read(key, 1)).contains(winner);
      winners.add(winner.script());
    }
    assertThat(winners).as("control: the race is a race").hasSizeGreaterThan(1);
    assertThat(fixture.quarantined).isEmpty();
    assertThat(parts()).isEmpty();
  }

  @Test
  void hasOneWinnerWhenProcessesRace() throws Exception {
    int entries = 60;
    Path one = temporary.resolve("one.out");
    Path other = temporary.resolve("other.out");
    Process first = race(one, entries, "first");
    Process second = race(other, entries, "second");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Files.readString(one).contains("READY")
                    && Files.readString(other).contains("READY"));
    Files.createFile(temporary.resolve("gate"));
    assertThat(first.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(second.waitFor(120, TimeUnit.SECONDS)).isTrue();

    assertThat(said(one)).hasSize(entries).isEqualTo(said(other));
    assertThat(
            fixture
                .maintenance()
                .validate(SigningKeys.publicOnly(List.of(publicKey())), (e, r) -> {}))
        .isEmpty();
    // Neither process' counters are lost.
    assertThat(fixture.maintenance().statistics().averageCachedExecutionMillis()).isEqualTo(2);
    assertThat(
            new UsageLedger(new FileObjectStore(fixture.directory), java.time.Clock.systemUTC())
                .total()
                .entries())
        .hasSize(entries)
        .allSatisfy((entry, use) -> assertThat(use.hits()).isEqualTo(2));
  }

  private static List<String> said(Path output) throws IOException {
    return Files.readAllLines(output).stream().filter(line -> line.matches("\\d+ .*")).toList();
  }

  private Process race(Path output, int entries, String text) throws IOException {
    return CacheProcess.start(
        output,
        List.of(),
        "race",
        fixture.directory.toString(),
        keyFile.toString(),
        Integer.toString(entries),
        text);
  }

  @Test
  void holdsWholeEntriesOnlyWhenAWriterIsKilled() throws Exception {
    Process writer =
        CacheProcess.start(
            temporary.resolve("out"),
            List.of(),
            "fill",
            fixture.directory.toString(),
            keyFile.toString());
    EntryCatalogue catalogue = new EntryCatalogue(new FileObjectStore(fixture.directory));
    await().atMost(Duration.ofSeconds(60)).until(() -> catalogue.names().size() >= 20);
    writer.destroyForcibly().waitFor();

    List<CacheFinding> findings =
        fixture.maintenance().validate(SigningKeys.publicOnly(List.of(publicKey())), (e, r) -> {});
    assertThat(findings).allMatch(finding -> finding.kind() == CacheFinding.Kind.LEFTOVER);

    // The next writer is not held up by the dead one's lock.
    SigningKeys keys = SigningKeys.openOrCreate(keyFile);
    StoredScriptCache next =
        StoredScriptCache.writing(
            new FileObjectStore(fixture.directory), keys.verifier(), keys.signer(), (e, r) -> {});
    int written = catalogue.names().size();
    for (int i = 0; i < written + 2; i++) {
      ScriptKey key = key("fill-" + i);
      assertThat(next.create(script(key, "x".repeat(100_000)), 1).version()).isEqualTo(1);
      assertThat(next.read(key, 1)).isPresent();
    }
  }

  @Test
  void neverMistakesPruningForDamage() throws Exception {
    ScriptKey key = key("pruned");
    AtomicBoolean done = new AtomicBoolean();
    Set<StoredScriptCache> met = ConcurrentHashMap.newKeySet();
    List<Callable<Void>> readers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      StoredScriptCache reader = fixture.open();
      readers.add(
          () -> {
            while (!done.get()) {
              reader.read(key, 1).ifPresent(entry -> met.add(reader));
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Void>> reading = new ArrayList<>();
      readers.forEach(reader -> reading.add(threads.submit(reader)));
      StoredScriptCache writer = fixture.open();
      // On a busy machine a reader may sleep through many rounds.
      for (int i = 0; i < 150 || (met.size() < 2 && i < 10_000); i++) {
        assertThat(writer.create(script(key, "text " + i), 1).script()).isEqualTo("text " + i);
        assertThat(fixture.maintenance().clear().entries()).hasSize(1);
      }
      done.set(true);
      for (Future<Void> reader : reading) {
        reader.get();
      }
      assertThat(met).as("control: both readers met an entry").hasSize(2);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertThat(fixture.quarantined).isEmpty();
  }

  private Path publicKey() {
    return keyFile.resolveSibling("signing-key.pub");
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> files = Files.list(fixture.file(PartFiles.DIRECTORY))) {
      return files.toList();
    }
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
