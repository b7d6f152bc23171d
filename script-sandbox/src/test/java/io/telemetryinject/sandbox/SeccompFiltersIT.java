package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filters of both architectures, also of the one that this machine is not. */
class SeccompFiltersIT {
  @TempDir Path directory;

  @Test
  void giveEachSystemCallItsVerdictOnEveryArchitecture() throws Exception {
    Path modules = Files.createDirectory(directory.resolve("telemetry_sandbox"));
    for (String name : List.of("seccomp.py", "syscalls.py")) {
      Files.write(modules.resolve(name), PythonSource.read(name));
    }
    Path check = directory.resolve("check_filters.py");
    Files.writeString(check, Scripts.resource("check_filters.py"));

    Process process =
        new ProcessBuilder(Scripts.PYTHON, "-B", check.toString())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isBlank();
    assertThat(process.waitFor()).isZero();
  }
}
