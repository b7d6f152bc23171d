package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the runtime's own tests, which are written in Python as it is. */
class TelemetryRuntimeIT {
  @Test
  void passesItsOwnTests() throws Exception {
    Python.Run run =
        Python.run(
            List.of("-m", "pytest", "-q", "-p", "no:cacheprovider", Python.testFile("runtime")));

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains(" passed").doesNotContain("skipped");
  }

  @Test
  void pleasesTheLinter() throws Exception {
    String file = "src/main/resources/io/telemetryinject/language/python/_telemetry_utils.py";

    Python.Run run = Python.run(List.of("-m", "pylint", "--fail-under=9", file));

    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
