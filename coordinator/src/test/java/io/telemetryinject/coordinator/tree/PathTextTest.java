package io.telemetryinject.coordinator.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.py",
        "shop/cart.py",
        "a b/c\nd.py",
        "100%.py",
        "%zz/x.py",
        "~/.py",
        " ",
        "...",
        ".a/..b",
        "é/a.py"
      })
  void isThePathItselfWhereTheNameIsText(String text) {
    assertThat(PathText.of(Path.of(text))).isEqualTo(text);
    assertThat(PathText.toPath(text)).isEqualTo(Path.of(text));
  }

  @Test
  void standsForBytesThatAreNotText() {
    Path name = Path.of(URI.create("file:///caf%E9.py")).getFileName();

    assertThat(PathText.of(Path.of("d").resolve(name))).isEqualTo("d/caf%E9.py");
    assertThat(PathText.toPath("d/caf%E9.py")).isEqualTo(Path.of("d").resolve(name));
  }

  @Test
  void tellsANameThatLooksEncodedFromOneThatIs() {
    String text = PathText.of(Path.of("caf%E9.py"));

    assertThat(text).isEqualTo("caf%25E9.py");
    assertThat(PathText.toPath(text)).isEqualTo(Path.of("caf%E9.py"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "..",
        ".",
        "a/..",
        "é/..",
        "é/./a",
        "/",
        "../a.py",
        "a/../../b.py",
        "a/../b.py",
        "./a.py",
        "a//b.py",
        "a/",
        "%2E%2E/a.py",
        "a%2Fb.py",
        "..%2F..%2Fetc",
        "nul\0.py",
        "nul%00.py",
        "%41.py",
        "%FF %.py"
      })
  void refusesTextsThatNoPathInsideATreeHas(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PathText.toPath(text));
  }
}
