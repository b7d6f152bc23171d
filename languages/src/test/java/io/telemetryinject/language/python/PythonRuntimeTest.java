package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.RunId;
import org.junit.jupiter.api.Test;

class PythonRuntimeTest {
  private static final RunId RUN = new RunId("0123456789abcdef".repeat(4));

  @Test
  void carriesTheRunsId() {
    assertThat(new String(PythonRuntime.bytes(), UTF_8)).contains("\nRUN_ID = \"\"\n");
    assertThat(new String(PythonRuntime.bytes(RUN), UTF_8))
        .contains("\nRUN_ID = \"" + RUN.digest() + "\"\n")
        .doesNotContain("\nRUN_ID = \"\"\n");
  }

  @Test
  void recognisesItsOwnFileWithAnyRunsId() {
    assertThat(PythonRuntime.isOurs(PythonRuntime.bytes())).isTrue();
    assertThat(PythonRuntime.isOurs(PythonRuntime.bytes(RUN))).isTrue();
  }

  @Test
  void doesNotTakeAForeignFileForItsOwn() {
    String later = "import sys\n\n\n# telemetry-inject runtime: copied from elsewhere\n";
    assertThat(PythonRuntime.isOurs("tel = None\n".getBytes(UTF_8))).isFalse();
    assertThat(PythonRuntime.isOurs(later.getBytes(UTF_8))).isFalse();
    assertThat(PythonRuntime.isOurs(new byte[0])).isFalse();
  }
}
