package io.telemetryinject.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativePathsTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b.py", "...", ".a/..b/c..", " ", "a/.b"})
  void areInside(String path) {
    assertThat(RelativePaths.isInside(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/.", "./a", "a/..", "../a", "a/../b"})
  void leaveTheRoot(String path) {
    assertThat(RelativePaths.isInside(path)).isFalse();
  }
}
