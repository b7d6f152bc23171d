package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredScriptCacheIT {
  private static final ScriptKey KEY = key("function-returns-value");
  private static final String NAME = KEY.baseName();

  @TempDir Path temporary;
  private CacheFixture fixture;
  private StoredScriptCache cache;

  /** In which kind of store all this is tried. */
  CacheFixture fixture(Path directory) {
    return new CacheFixture(directory);
  }

  @BeforeEach
  void openCache() {
    fixture = fixture(temporary.resolve("cache"));
    cache = fixture.open();
  }

  @Test
  void knowsNothingBeforeTheFirstScriptAndMakesNoDirectoryForThat() throws IOException {
    assertThat(cache.latestVersion(KEY)).isEmpty();
    assertThat(cache.read(KEY, 1)).isEmpty();
    assertThat(fixture.raw().any()).isFalse();
  }

  @Test
  void readsWhatWasCreated() throws IOException {
    CachedScript created = cache.create(script(KEY, "print('é')\n"), 1);

    assertThat(created.version()).isEqualTo(1);
    assertThat(cache.latestVersion(KEY)).hasValue(1);
    assertThat(cache.read(KEY, 1)).contains(created);
    assertThat(fixture.trusting(CacheFixture.VERIFIER).read(KEY, 1)).contains(created);
  }

  @Test
  void laysFilesOutAsTheArchitectureSays() throws IOException {
    cache.create(script(KEY, "one\n"), 1);
    cache.create(script(KEY, "two\n"), 2);
    cache.recordUse(KEY, 2, 3, 2, 5_000_000);
    cache.close();

    assertThat(
            fixture.raw().keys().stream()
                .filter(key -> !key.startsWith(UsageLedger.DIRECTORY))
                .filter(key -> !key.equals("metadata/lock")))
        .containsExactlyInAnyOrder(
            "scripts/python/" + NAME + ".py",
            "scripts/python/" + NAME + "_v2.py",
            "tests/python/test_" + NAME + ".py",
            "tests/python/test_" + NAME + "_v2.py",
            "validation/results/" + NAME + ".json",
            "validation/results/" + NAME + "_v2.json",
            "metadata/entries/" + NAME + ".json",
            "metadata/entries/" + NAME + "_v2.json",
            "metadata/script_index.json",
            "metadata/cache.json");
  }

  @Test
  void adoptsWhatStandsUnderTheExpectedVersion() throws IOException {
    CachedScript first = cache.create(script(KEY, "first\n"), 1);
    CachedScript second = fixture.open().create(script(KEY, "second\n"), 1);

    assertThat(second).isEqualTo(first);
    assertThat(cache.latestVersion(KEY)).hasValue(1);
  }

  @Test
  void offersTheNewestVersion() throws IOException {
    cache.create(script(KEY, "first\n"), 1);
    assertThat(cache.latestVersion(KEY)).hasValue(1);
    cache.create(script(KEY, "second\n"), 2);

    assertThat(cache.latestVersion(KEY)).hasValue(2);
    assertThat(cache.read(KEY, 1).orElseThrow().script()).isEqualTo("first\n");
  }

  @Test
  void seesAtOnceWhatAnotherProcessHasAdded() throws IOException {
    cache.create(script(key("other"), "x\n"), 1);
    assertThat(cache.latestVersion(KEY)).isEmpty();

    fixture.open().create(script(KEY, "first\n"), 1);

    assertThat(cache.latestVersion(KEY)).hasValue(1);
  }

  @Test
  void passesOverQuarantinedVersionsWhenItCreates() throws IOException {
    cache.create(script(KEY, "bad\n"), 1);
    cache.quarantine(KEY, 1, "rejected for a function");

    assertThat(cache.latestVersion(KEY)).isEmpty();
    assertThat(cache.read(KEY, 1)).isEmpty();
    assertThat(cache.create(script(KEY, "good\n"), 1).version()).isEqualTo(2);
    assertThat(fixture.open().latestVersion(KEY)).hasValue(2);
    assertThat(fixture.open().read(KEY, 1)).isEmpty();
    assertThat(fixture.quarantined).containsExactly(NAME + ": rejected for a function");
    assertThat(fixture.raw().get("metadata/entries/" + NAME + ".quarantined.json"))
        .asString(UTF_8)
        .contains("rejected for a function", "quarantined_at");
    assertThat(fixture.raw().get("scripts/python/" + NAME + ".py"))
        .asString(UTF_8)
        .isEqualTo("bad\n");
  }

  @Test
  void fallsBackToAnOlderVersionThatIsStillGood() throws IOException {
    cache.create(script(KEY, "first\n"), 1);
    cache.create(script(KEY, "second\n"), 2);
    cache.quarantine(KEY, 2, "rejected");

    assertThat(cache.latestVersion(KEY)).hasValue(1);
  }

  @Test
  void tellsKeysApartThatShareTheirFirstTwelveDigits() throws IOException {
    ScriptKey one = key("twin", "0123456789ab" + "0".repeat(52));
    ScriptKey other = key("twin", "0123456789ab" + "f".repeat(52));
    assertThat(one.baseName()).isEqualTo(other.baseName());
    cache.create(script(one, "one\n"), 1);

    assertThat(cache.latestVersion(other)).isEmpty();
    assertThat(cache.read(other, 1)).isEmpty();
    CachedScript created = cache.create(script(other, "other\n"), 1);

    assertThat(created.version()).isEqualTo(2);
    assertThat(cache.latestVersion(one)).hasValue(1);
    assertThat(cache.latestVersion(other)).hasValue(2);
    assertThat(cache.read(one, 1).orElseThrow().script()).isEqualTo("one\n");
    assertThat(fixture.quarantined).isEmpty();
  }

  @Test
  void refusesToCreateWithoutASigner() {
    assertThatThrownBy(() -> fixture.trusting(CacheFixture.VERIFIER).create(script(KEY, "x\n"), 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
