package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.CREATED;
import static io.telemetryinject.cache.CacheFixture.VERIFIER;
import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.cache.CacheFinding.Kind;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.Path;
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
  private RawObjects raw;
  private StoredScriptCache cache;

  /** In which kind of store all this is tried. */
  CacheFixture fixture(Path directory) {
    return new CacheFixture(directory);
  }

  @BeforeEach
  void fillCache() throws IOException {
    fixture = fixture(temporary.resolve("cache"));
    raw = fixture.raw();
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

    JsonNode index = JsonMapper.shared().readTree(raw.get("metadata/script_index.json"));
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
    String indexed = "metadata/entries/" + ONE.baseName() + ".json";
    raw.put(indexed, "nonsense".getBytes(UTF_8));
    raw.age(indexed, Duration.ofMinutes(1));

    assertThat(fixture.maintenance().statistics().totalScripts()).isEqualTo(2);

    raw.age(indexed, Duration.ofMinutes(-1));
    assertThat(fixture.maintenance().statistics().totalScripts()).isEqualTo(1);
    assertThat(fixture.maintenance().statistics().quarantined()).isEqualTo(1);
  }

  @Test
  void prunesWhatWasTriedAndNotedLongAgo() throws IOException {
    AttemptStore attempts = new AttemptStore(fixture.store());
    attempts.put(ONE, 1, "draft.py", "x");
    new NegativeEntries(fixture.store(), Clock.systemUTC())
        .put(ONE, "authors", "detail", Duration.ofDays(1));
    fixture.maintenance().prune(Duration.ofDays(1));
    assertThat(attempts.read(ONE, 1, "draft.py")).isPresent();

    fixture.maintenance().prune(Duration.ofDays(-1));

    assertThat(attempts.read(ONE, 1, "draft.py")).isEmpty();
    assertThat(raw.has("metadata/negative/" + ONE.baseName() + ".json")).isFalse();
  }

  @Test
  void foldsOldCountersWithoutLosingOrDoublingThem() throws IOException {
    for (int i = 0; i < 30; i++) {
      try (StoredScriptCache process = fixture.open()) {
        process.recordUse(ONE, 1, 1, 0, 0);
      }
    }
    String survivor = usage().get(0);
    byte[] old = raw.get(survivor);
    later(Duration.ofDays(2)).prune(Duration.ofDays(100_000));

    assertThat(hits()).isEqualTo(30);
    assertThat(usage()).hasSize(1);
    // A file that outlived its folding, as after a crash, does not count twice.
    raw.put(survivor, old);
    assertThat(hits()).isEqualTo(30);
    fixture.maintenance().prune(Duration.ofDays(100_000));
    assertThat(raw.has(survivor)).isFalse();
    assertThat(hits()).isEqualTo(30);
  }

  private CacheMaintenance later(Duration time) {
    Clock clock = Clock.fixed(Instant.now().plus(time), ZoneOffset.UTC);
    return new CacheMaintenance(fixture.store(), clock);
  }

  private List<String> usage() throws IOException {
    return raw.keys().stream().filter(key -> key.startsWith(UsageLedger.DIRECTORY + "/")).toList();
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
    CacheMaintenance.Removed removed = later(Duration.ofDays(20)).prune(Duration.ofDays(21));

    assertThat(removed.entries()).containsExactly(TWO.baseName());
    assertThat(removed.bytes()).isPositive();
    assertThat(fixture.open().read(ONE, 1)).isPresent();
    assertThat(fixture.open().latestVersion(TWO)).isEmpty();
    assertThat(raw.has("scripts/python/" + TWO.baseName() + ".py")).isFalse();
    assertThat(raw.get("metadata/script_index.json"))
        .asString(UTF_8)
        .contains(ONE.baseName())
        .doesNotContain(TWO.baseName());
    assertThat(fixture.open().create(script(TWO, "again\n"), 1).version()).isEqualTo(1);
  }

  @Test
  void prunesWhatDeadWritersLeft() throws IOException {
    String orphan = "scripts/python/gone_0123456789ab.py";
    String fresh = "scripts/python/gone_0123456789ab_v2.py";
    String part = PartFiles.DIRECTORY + "/dead.part";
    for (String key : List.of(orphan, fresh, part)) {
      raw.put(key, "x".getBytes(UTF_8));
    }
    for (String key : List.of(orphan, part)) {
      raw.age(key, Duration.ofHours(2));
    }
    fixture.maintenance().prune(Duration.ofDays(100_000));

    assertThat(raw.has(orphan)).isFalse();
    assertThat(raw.has(part)).isFalse();
    assertThat(raw.has(fresh)).as("perhaps being written").isTrue();
    assertThat(fixture.open().read(ONE, 1)).isPresent();
  }

  @Test
  void clearsOnlyWhatIsItsOwn() throws IOException {
    String note = "scripts/python/note.py";
    String own = "scripts/mine/one_0123456789ab.py";
    String top = "README";
    for (String key : List.of(note, own, top)) {
      raw.put(key, "mine".getBytes(UTF_8));
    }
    cache.close();

    CacheMaintenance.Removed removed = fixture.maintenance().clear();

    assertThat(removed.entries()).containsExactlyInAnyOrder(ONE.baseName(), TWO.baseName());
    for (String key : List.of(note, own, top)) {
      assertThat(raw.get(key)).asString(UTF_8).isEqualTo("mine");
    }
    assertThat(fixture.maintenance().statistics())
        .extracting(CacheStatistics::totalScripts, CacheStatistics::hitRate)
        .containsExactly(0, 0.0);
    assertThat(raw.keys()).noneMatch(key -> key.startsWith("scripts/python/one_"));
    assertThat(fixture.open().create(script(ONE, "again\n"), 1).version()).isEqualTo(1);
  }

  @Test
  void leavesDirectoriesAloneThatAreNoCache() throws IOException {
    Path project = temporary.resolve("project");
    String lookalike = "scripts/python/one_0123456789ab.py";
    RawObjects precious = fixture.raw(project);
    precious.put(lookalike, "precious".getBytes(UTF_8));
    CacheMaintenance maintenance = new CacheMaintenance(fixture.store(project));

    assertThatThrownBy(maintenance::clear)
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("does not look like a script cache")
        .hasMessageContaining("nothing was changed");
    assertThatThrownBy(() -> maintenance.prune(Duration.ZERO)).isInstanceOf(CacheException.class);
    assertThatThrownBy(maintenance::rebuildIndex).isInstanceOf(CacheException.class);
    assertThat(precious.get(lookalike)).asString(UTF_8).isEqualTo("precious");
    assertThat(precious.keys()).containsExactly(lookalike);
  }

  @Test
  void hasNothingToDoWhereThereIsNothing() throws IOException {
    Path nowhere = temporary.resolve("nowhere");
    CacheMaintenance maintenance = new CacheMaintenance(fixture.store(nowhere));
    assertThat(maintenance.statistics().totalScripts()).isZero();
    assertThat(maintenance.clear().entries()).isEmpty();
    assertThat(maintenance.prune(Duration.ZERO).entries()).isEmpty();
    assertThat(maintenance.validate(VERIFIER, (entry, reason) -> {})).isEmpty();
    assertThat(fixture.raw(nowhere).any()).isFalse();
  }

  @Test
  void reportsEveryKindOfFinding() throws IOException {
    cache.create(script(key("three"), "three\n"), 1);
    cache.quarantine(TWO, 1, "rejected for shop.total");
    raw.flipBit("tests/python/test_" + ONE.baseName() + ".py", 0);
    raw.put("validation/results/gone_0123456789ab.json", "{}".getBytes(UTF_8));
    raw.put("scripts/python/note.py", "mine".getBytes(UTF_8));
    raw.put("metadata/usage/odd.json", "{\"misses\": ".getBytes(UTF_8));

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
