package io.telemetryinject.cache;

import static io.telemetryinject.cache.CacheFixture.key;
import static io.telemetryinject.cache.CacheFixture.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.model.ScriptKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of a cache in a directory only. */
class FileScriptCacheIT {
  private static final ScriptKey KEY = key("function-returns-value");
  private static final String NAME = KEY.baseName();

  @TempDir Path temporary;
  private CacheFixture fixture;
  private StoredScriptCache cache;

  @BeforeEach
  void openCache() {
    fixture = new CacheFixture(temporary.resolve("cache"));
    cache = fixture.open();
  }

  @Test
  void writesOverWhatAWriterThatDiedHasLeft() throws IOException {
    // Given what is there when a writer dies between script and entry
    Path left = fixture.file("scripts/python/" + NAME + ".py");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "half of it");

    // Then
    assertThat(cache.latestVersion(KEY)).isEmpty();
    assertThat(cache.read(KEY, 1)).isEmpty();
    cache.create(script(KEY, "whole\n"), 1);
    assertThat(fixture.open().read(KEY, 1).orElseThrow().script()).isEqualTo("whole\n");
    assertThat(fixture.quarantined).isEmpty();
  }

  @Test
  void saysWhatToDoWhenTheDirectoryIsAFile() throws IOException {
    Files.writeString(fixture.directory, "not a directory");

    for (var call :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> cache.create(script(KEY, "x\n"), 1),
            () -> cache.read(KEY, 1),
            () -> cache.latestVersion(KEY))) {
      assertThatThrownBy(call)
          .isInstanceOf(CacheException.class)
          .hasMessageContaining(fixture.directory.toString())
          .hasMessageContaining("not a directory\n  Check the path");
    }
  }
}
