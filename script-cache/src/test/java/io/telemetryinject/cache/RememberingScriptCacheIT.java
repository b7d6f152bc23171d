package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberingScriptCacheIT {
  private static final ScriptKey ONE = key("one");
  private static final ScriptKey TWO = key("two");

  @TempDir Path temporary;
  private int verifications;
  private RememberingScriptCache cache;

  @BeforeEach
  void fillCache() throws IOException {
    CacheFixture fixture = new CacheFixture(temporary);
    fixture.open().create(script(ONE, "one\n"), 1);
    fixture.open().create(script(TWO, "two\n"), 1);
    cache =
        new RememberingScriptCache(
            fixture.trusting(
                (statement, signature) -> {
                  verifications++;
                  return CacheFixture.VERIFIER.verify(statement, signature);
                }),
            1);
  }

  @Test
  void verifiesEachScriptOnce() throws IOException {
    assertThat(cache.read(ONE, 1)).isEqualTo(cache.read(ONE, 1)).isPresent();
    assertThat(verifications).isEqualTo(1);
  }

  @Test
  void keepsNoMoreThanItsCapacity() throws IOException {
    cache.read(ONE, 1);
    cache.read(TWO, 1);
    cache.read(ONE, 1);
    assertThat(verifications).isEqualTo(3);
  }

  @Test
  void forgetsWhatItQuarantines() throws IOException {
    cache.read(ONE, 1);
    cache.quarantine(ONE, 1, "rejected");
    assertThat(cache.read(ONE, 1)).isEmpty();
  }

  @Test
  void doesNotMixKeysOfOneShortForm() throws IOException {
    cache.read(ONE, 1);
    ScriptKey twin = key("one", ONE.shortForm() + "0".repeat(52));
    assertThat(cache.read(twin, 1)).isEmpty();
  }
}
