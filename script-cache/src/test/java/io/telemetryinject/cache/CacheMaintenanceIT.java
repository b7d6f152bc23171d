package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.CREATED;
import static io.telemetryinject.cache.CacheFixture.VERIFIER;
import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.cache.CacheFinding.Kind;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CacheMaintenanceIT {
  private static final ScriptKey ONE = key("one");
  private static final ScriptKey TWO = key("two");
  private static final RunId RUN = new RunId(Sha256.of("a run"));

  @TempDir Path temporary;
  private CacheFixture fixture;
  private StoredScriptCache cache;

  /** In which kind of store all this is tried. */
  CacheFixture fixture(Path directory) {
    return new CacheFixture(directory);
  }

  @BeforeEach
  void fillCache() throws IOException {
    fixture = fixture(temporary.resolve("cache"));
    cache = fixture.open();
    cache.create(script(ONE, "one = 1\n"), 1);
    cache.create(script(TWO, "two = 2\n"), 1);
  }

  @Test
  void derivesTheIndexFromEntriesAndCounters() throws IOException {
    cache.recordUse(ONE, 1, 3, 2, Duration.ofMillis(5).toNanos());
    cache.recordMiss(RUN, "night", key("three"), MissReason.NEW_SHAPE, 1);
    cache.quarantine(TWO, 1, "rejected");
    cache.close();

    JsonNode index =
        JsonMapper.shared()
            .readTree(Files.readAllBytes(fixture.file("metadata/script_index.json")));
    JsonNode one = index.at("/scripts/" + ONE.baseName());
    assertThat(one.at("/hash").asString()).isEqualTo(ONE.shortForm());
    assertThat(one.at("/function_name").asString()).isEqualTo("one");
    assertThat(one.at("/language").asString()).isEqualTo("python");
    assertThat(one.at("/created_at").asString()).isEqualTo(CREATED.toString());
    assertThat(Instant.parse(one.at("/last_used").asString())).isAfter(CREATED);
    assertThat(one.at("/validation_status").asString()).isEqualTo("passed");
    assertThat(one.at("/test_results/passed").asInt()).isEqualTo(8);
    assertThat(one.at("/test_results/failed").asInt()).isZero();
    assertThat(one.at("/test_results/duration_ms").asInt()).isEqualTo(45);
    assertThat(one.at("/performance/avg_execution_ms").asDouble()).isEqualTo(2.5);
    assertThat(one.at("/performance/cache_hits").asInt()).isEqualTo(3);
    assertThat(one.at("/learned_lessons_applied/0").asString())
        .isEqualTo("python/indentation_issues.md");
    assertThat(one.at("/version").asInt()).isEqualTo(1);
    assertThat(one.at("/model_generated_by").asString()).isEqualTo("template");
    JsonNode two = index.at("/scripts/" + TWO.baseName());
    assertThat(two.at("/validation_status").asString()).isEqualTo("quarantined");
    assertThat(two.at("/last_used").isNull()).isTrue();
    assertThat(index.at("/stats/total_scripts").asInt()).isEqualTo(1);
    assertThat(index.at("/stats/cache_hit_rate").asDouble()).isEqualTo(0.75);
    assertThat(index.at("/stats/avg_generation_time_ms").asDouble()).isEqualTo(2_340);
    assertThat(index.at("/stats/avg_cached_execution_ms").asDouble()).isEqualTo(2.5);
  }

  @Test
  void countsWhatEveryProcessDid() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (StoredScriptCache process = fixture.open()) {
        process.recordUse(ONE, 1, 2, 1, Duration.ofMillis(10).toNanos());
        process.recordMiss(RUN, "night", key("three"), MissReason.NEW_SHAPE, 2);
      }
    }
    CacheStatistics statistics = fixture.maintenance().statistics();
    assertThat(statistics.totalScripts()).isEqualTo(2);
    assertThat(statistics.quarantined()).isZero();
    assertThat(statistics.hitRate()).isEqualTo(0.5);
    assertThat(statistics.averageCachedExecutionMillis()).isEqualTo(10);
    assertThat(statistics.totalBytes()).isBetween(1_000L, 10_000L);
  }

  @Test
  void tellsWhatModelsCostAndSaved() throws IOException {
    NewScript byModel = CacheFixture.byModel(key("three"), new NewScript.Cost(10, 4, 8_000));
    cache.create(byModel, 1);
    cache.recordUse(key("three"), 1, 10, 0, 0);
    cache.recordUse(ONE, 1, 100, 0, 0);
    cache.recordNegativeHit();
    cache.close();

    CacheStatistics statistics = fixture.maintenance().statistics();

    assertThat(statistics.savings().modelScripts()).isEqualTo(1);
    assertThat(statistics.savings().microDollars()).isEqualTo(8_000);
    assertThat(statistics.savings().avoidedMicroDollars()).isEqualTo(20_000);
    assertThat(statistics.savings().breakEvenUses()).isEqualTo(4);
    assertThat(statistics.lookups().shapeHits()).isEqualTo(110);
    assertThat(statistics.lookups().negativeHits()).isEqualTo(1);
  }

  @Test
  void readsOnlyEntriesThatTheIndexDoesNotHave() throws IOException {
    cache.close();
    Path indexed = fixture.file("metadata/entries/" + ONE.baseName() + ".json");
    FileTime written = FileTime.from(Instant.now().minusSeconds(60));
    Files.writeString(indexed, "nonsense");
    Files.setLastModifiedTime(indexed, written);

    assertThat(fixture.maintenance().statistics().totalScripts()).isEqualTo(2);

    Files.setLastModifiedTime(indexed, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(fixture.maintenance().statistics().totalScripts()).isEqualTo(1);
    assertThat(fixture.maintenance().statistics().quarantined()).isEqualTo(1);
  }

  @Test
  void prunesWhatWasTriedAndNotedLongAgo() throws IOException {
    AttemptStore attempts = new AttemptStore(new FileObjectStore(fixture.directory));
    attempts.put(ONE, 1, "draft.py", "x");
    new NegativeEntries(new FileObjectStore(fixture.directory), Clock.systemUTC())
        .put(ONE, "authors", "detail", Duration.ofDays(1));
    fixture.maintenance().prune(Duration.ofDays(1));
    assertThat(attempts.read(ONE, 1, "draft.py")).isPresent();

    fixture.maintenance().prune(Duration.ofDays(-1));

    assertThat(attempts.read(ONE, 1, "draft.py")).isEmpty();
    assertThat(fixture.file("metadata/negative/" + ONE.baseName() + ".json")).doesNotExist();
  }

  @Test
  void foldsOldCountersWithoutLosingOrDoublingThem() throws IOException {
    for (int i = 0; i < 30; i++) {
      try (StoredScriptCache process = fixture.open()) {
        process.recordUse(ONE, 1, 1, 0, 0);
      }
    }
    Path usage = fixture.file(UsageLedger.DIRECTORY);
    try (var files = Files.list(usage)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
      }
    }
    Path survivor;
    try (var files = Files.list(usage)) {
      survivor = files.findFirst().orElseThrow();
    }
    byte[] old = Files.readAllBytes(survivor);
    fixture.maintenance().prune(Duration.ofDays(100_000));

    assertThat(hits()).isEqualTo(30);
    try (var files = Files.list(usage)) {
      assertThat(files).hasSize(1);
    }
    // A file that outlived its folding, as after a crash, does not count twice.
    Files.write(survivor, old);
    assertThat(hits()).isEqualTo(30);
    fixture.maintenance().prune(Duration.ofDays(100_000));
    assertThat(survivor).doesNotExist();
    assertThat(hits()).isEqualTo(30);
  }

  private long hits() throws IOException {
    return new UsageLedger(fixture.store(), Clock.systemUTC())
        .total()
        .of(EntryName.of(ONE, 1))
        .hits();
  }

  @Test
  void prunesWhatNobodyUsed() throws IOException {
    cache.recordUse(ONE, 1, 1, 1, 1);
    cache.close();
    Instant later = Instant.now().plus(Duration.ofDays(20));

    CacheMaintenance maintenance =
        new CacheMaintenance(fixture.store(), Clock.fixed(later, ZoneOffset.UTC));
    CacheMaintenance.Removed removed = maintenance.prune(Duration.ofDays(21));

    assertThat(removed.entries()).containsExactly(TWO.baseName());
    assertThat(removed.bytes()).isPositive();
    assertThat(fixture.open().read(ONE, 1)).isPresent();
    assertThat(fixture.open().latestVersion(TWO)).isEmpty();
    assertThat(fixture.file("scripts/python/" + TWO.baseName() + ".py")).doesNotExist();
    assertThat(fixture.file("metadata/script_index.json"))
        .content()
        .contains(ONE.baseName())
        .doesNotContain(TWO.baseName());
    assertThat(fixture.open().create(script(TWO, "again\n"), 1).version()).isEqualTo(1);
  }

  @Test
  void prunesWhatDeadWritersLeft() throws IOException {
    Path orphan = fixture.file("scripts/python/gone_0123456789ab.py");
    Path fresh = fixture.file("scripts/python/gone_0123456789ab_v2.py");
    Path part = fixture.file(PartFiles.DIRECTORY).resolve("dead.part");
    Files.createDirectories(part.getParent());
    for (Path path : List.of(orphan, fresh, part)) {
      Files.writeString(path, "x");
    }
    for (Path path : List.of(orphan, part)) {
      Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
    fixture.maintenance().prune(Duration.ofDays(100_000));

    assertThat(orphan).doesNotExist();
    assertThat(part).doesNotExist();
    assertThat(fresh).as("perhaps being written").exists();
    assertThat(fixture.open().read(ONE, 1)).isPresent();
  }

  @Test
  void clearsOnlyWhatIsItsOwn() throws IOException {
    Path note = fixture.file("scripts/python/note.py");
    Path own = fixture.file("scripts/mine/one_0123456789ab.py");
    Path top = fixture.file("README");
    Files.createDirectories(own.getParent());
    for (Path path : List.of(note, own, top)) {
      Files.writeString(path, "mine");
    }
    cache.close();

    CacheMaintenance.Removed removed = fixture.maintenance().clear();

    assertThat(removed.entries()).containsExactlyInAnyOrder(ONE.baseName(), TWO.baseName());
    for (Path path : List.of(note, own, top)) {
      assertThat(path).hasContent("mine");
    }
    assertThat(fixture.maintenance().statistics())
        .extracting(CacheStatistics::totalScripts, CacheStatistics::hitRate)
        .containsExactly(0, 0.0);
    assertThat(fixture.file("scripts/python")).isDirectoryNotContaining("glob:**one_*");
    assertThat(fixture.open().create(script(ONE, "again\n"), 1).version()).isEqualTo(1);
  }

  @Test
  void leavesDirectoriesAloneThatAreNoCache() throws IOException {
    Path project = temporary.resolve("project");
    Path lookalike = project.resolve("scripts/python/one_0123456789ab.py");
    Files.createDirectories(lookalike.getParent());
    Files.writeString(lookalike, "precious");
    CacheMaintenance maintenance = new CacheMaintenance(fixture.store(project));

    assertThatThrownBy(maintenance::clear)
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("does not look like a script cache")
        .hasMessageContaining("nothing was changed");
    assertThatThrownBy(() -> maintenance.prune(Duration.ZERO)).isInstanceOf(CacheException.class);
    assertThatThrownBy(maintenance::rebuildIndex).isInstanceOf(CacheException.class);
    assertThat(lookalike).hasContent("precious");
    try (var files = Files.list(project)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void hasNothingToDoWhereThereIsNothing() throws IOException {
    CacheMaintenance maintenance =
        new CacheMaintenance(fixture.store(temporary.resolve("nowhere")));
    assertThat(maintenance.statistics().totalScripts()).isZero();
    assertThat(maintenance.clear().entries()).isEmpty();
    assertThat(maintenance.prune(Duration.ZERO).entries()).isEmpty();
    assertThat(maintenance.validate(VERIFIER, (entry, reason) -> {})).isEmpty();
    assertThat(temporary.resolve("nowhere")).doesNotExist();
  }

  @Test
  void reportsEveryKindOfFinding() throws IOException {
    cache.create(script(key("three"), "three\n"), 1);
    cache.quarantine(TWO, 1, "rejected for shop.total");
    CacheFixture.flipBit(fixture.file("tests/python/test_" + ONE.baseName() + ".py"), 0);
    Files.writeString(fixture.file("validation/results/gone_0123456789ab.json"), "{}");
    Files.writeString(fixture.file("scripts/python/note.py"), "mine");
    Files.createDirectories(fixture.file("metadata/usage"));
    Files.writeString(fixture.file("metadata/usage/odd.json"), "{\"misses\": ");

    List<CacheFinding> findings = fixture.maintenance().validate(VERIFIER, (entry, reason) -> {});

    assertThat(findings)
        .containsExactlyInAnyOrder(
            new CacheFinding(
                Kind.DAMAGED, ONE.baseName(), "its test file is not the one that was signed"),
            new CacheFinding(Kind.QUARANTINED, TWO.baseName(), "rejected for shop.total"),
            new CacheFinding(
                Kind.LEFTOVER, "validation/results/gone_0123456789ab.json", "belongs to no entry"),
            new CacheFinding(Kind.FOREIGN, "scripts/python/note.py", "is not a file of this cache"),
            new CacheFinding(Kind.FOREIGN, "metadata/usage/odd.json", "holds no counters"));
    assertThat(fixture.open().latestVersion(ONE)).as("quarantined by it").isEmpty();
    assertThat(fixture.open().latestVersion(key("three"))).hasValue(1);
  }
}
