package io.telemetryinject.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CacheExceptionTest {
  private static final Path FILE = Path.of("cache", "entry.json");

  @Test
  void tellsFaultsApart() {
    assertThat(error(reason("No space left on device"))).isEqualTo(CacheError.NO_SPACE);
    assertThat(error(reason("Disk quota exceeded"))).isEqualTo(CacheError.NO_SPACE);
    assertThat(error(new IOException("No space left on device"))).isEqualTo(CacheError.NO_SPACE);
    assertThat(error(reason("Read-only file system"))).isEqualTo(CacheError.READ_ONLY);
    assertThat(error(new AccessDeniedException("x"))).isEqualTo(CacheError.ACCESS_DENIED);
    assertThat(error(new NotDirectoryException("x"))).isEqualTo(CacheError.NOT_A_CACHE);
    assertThat(error(reason("Input/output error"))).isEqualTo(CacheError.IO);
    assertThat(error(new IOException())).isEqualTo(CacheError.IO);
  }

  @Test
  void saysWhatHappenedToWhatAndWhatToDo() {
    assertThat(CacheException.of("cannot write", FILE, reason("No space left on device")))
        .hasMessage(
            "cannot write cache/entry.json: no space left on device\n"
                + "  Free some space, then run the same command again.");
  }

  @Test
  void classifiesOnce() {
    CacheException first = CacheException.of("cannot write", FILE, reason("Read-only file system"));
    assertThat(CacheException.of("cannot list", FILE, first)).isSameAs(first);
  }

  private static IOException reason(String reason) {
    return new FileSystemException("x", null, reason);
  }

  private static CacheError error(IOException cause) {
    return CacheException.of("cannot write", FILE, cause).error();
  }
}
