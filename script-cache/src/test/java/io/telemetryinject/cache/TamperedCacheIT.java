package io.telemetryinject.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tampering with files, and what can be put in place of an object in a directory only. */
class TamperedCacheIT extends TamperedCacheContract {

  @ParameterizedTest
  @EnumSource(Stored.class)
  void quarantinesALinkToAFileOfTheSameContent(Stored file) throws IOException {
    Path path = fixture.file(file.key);
    Path elsewhere = temporary.resolve("elsewhere");
    Files.move(path, elsewhere);
    Files.createSymbolicLink(path, elsewhere);
    assertRefused("is not a regular file");
  }

  @ParameterizedTest
  @EnumSource(Stored.class)
  void neverOpensAPipe(Stored file) throws Exception {
    Path path = fixture.file(file.key);
    Files.delete(path);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    assertRefused("is not a regular file");
  }
}
