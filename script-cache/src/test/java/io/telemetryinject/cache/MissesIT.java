package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.parts;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.MissReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why there is no script for a key, with one in the cache that was made for its kind before. */
class MissesIT {
  private static final ScriptKey STORED = key("shape");
  private static final ScriptKey WANTED = key("shape", Sha256.of("wanted"));

  @TempDir private Path temporary;
  private CacheFixture fixture;

  @BeforeEach
  void fillCache() throws IOException {
    fixture = new CacheFixture(temporary.resolve("cache"));
    try (StoredScriptCache cache = fixture.open()) {
      cache.create(script(STORED, "script\n"), 1);
    }
  }

  private MissReason reason(ScriptKey key, KeyParts parts) throws IOException {
    try (StoredScriptCache cache = fixture.open()) {
      return cache.explainMiss(key, parts);
    }
  }

  @Test
  void comparesWithWhatWasMadeForTheSameKindOfFunction() throws IOException {
    KeyParts stored = parts(STORED, "lessons", "policy");
    KeyParts contract =
        new KeyParts(2, stored.kind(), stored.subject(), stored.policy(), stored.lessons());
    KeyParts otherShape =
        new KeyParts(1, stored.kind(), Sha256.of("another"), stored.policy(), stored.lessons());

    assertThat(reason(WANTED, parts(WANTED, "more lessons", "policy")))
        .isEqualTo(MissReason.LESSONS_CHANGED);
    assertThat(reason(WANTED, parts(WANTED, "lessons", "another policy")))
        .isEqualTo(MissReason.POLICY_CHANGED);
    assertThat(reason(WANTED, contract)).isEqualTo(MissReason.CONTRACT_CHANGED);
    assertThat(reason(WANTED, otherShape)).isEqualTo(MissReason.NEW_SHAPE);
    assertThat(reason(key("circle"), parts(key("circle"), "lessons", "policy")))
        .isEqualTo(MissReason.NEW_SHAPE);
    ScriptKey signature =
        new ScriptKey(Language.PYTHON, KeyKind.SIGNATURE, "area", Sha256.of("area"));
    assertThat(reason(signature, parts(signature, "lessons", "policy")))
        .isEqualTo(MissReason.NEW_SIGNATURE);
  }

  @Test
  void tellsQuarantineFromPruning() throws IOException {
    KeyParts parts = parts(STORED, "lessons", "policy");
    try (StoredScriptCache cache = fixture.open()) {
      cache.recordUse(STORED, 1, 1, 1, 1);
      cache.quarantine(STORED, 1, "a complaint");
    }
    assertThat(reason(STORED, parts)).isEqualTo(MissReason.QUARANTINED);

    fixture.maintenance().prune(Duration.ofDays(-1));

    assertThat(reason(STORED, parts)).isEqualTo(MissReason.EXPIRED);
  }

  @Test
  void addsUpWhatTheProcessesOfTheLastRunMissed() throws IOException {
    RunId last = new RunId(Sha256.of("last"));
    assertThat(fixture.maintenance().lastMisses()).isEmpty();
    try (StoredScriptCache cache = fixture.open()) {
      cache.recordMiss(last, "the night before", STORED, MissReason.NEW_SHAPE, 7);
    }
    for (int process = 0; process < 2; process++) {
      try (StoredScriptCache cache = fixture.open()) {
        cache.recordMiss(last, "night", STORED, MissReason.EXPIRED, 2);
        cache.recordMiss(last, "night", STORED, MissReason.NEW_SHAPE, 1);
        cache.recordMiss(last, "night", WANTED, MissReason.LESSONS_CHANGED, 1);
      }
    }

    MissReport report = fixture.maintenance().lastMisses().orElseThrow();

    assertThat(report.run()).isEqualTo(last.digest());
    assertThat(report.lines())
        .containsExactlyInAnyOrder(
            new MissReport.Line(STORED.baseName(), MissReason.EXPIRED, 6),
            new MissReport.Line(WANTED.baseName(), MissReason.LESSONS_CHANGED, 2));
    assertThat(report.byReason())
        .containsEntry(MissReason.EXPIRED, 6)
        .containsEntry(MissReason.LESSONS_CHANGED, 2)
        .hasSize(2);
  }
}
