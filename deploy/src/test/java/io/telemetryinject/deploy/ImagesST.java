package io.telemetryinject.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The images, built and run by an engine where there is one. What builds need is taken from the
 * environment as {@code images/build} says: BASE_IMAGE, BASE_TAR, BUILD_OPTIONS.
 */
class ImagesST {
  private static final String TAG = "smoke-test";

  @TempDir private Path directory;

  @Test
  void carryARunThroughInContainers() throws Exception {
    assumeTrue(hasEngine(), "no container engine answers here (docker info)");
    ProcessBuilder build = new ProcessBuilder("images/build").inheritIO();
    build.environment().put("TAG", TAG);
    assertThat(build.start().waitFor()).as("see the output above").isZero();

    try (EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        PipelineRehearsal rehearsal = new PipelineRehearsal(new Docker(), broker, directory)) {
      giveTo("10001:10001", directory.resolve("mounts"));
      rehearsal.createsTopics(ImagesIT.topicsCommand(directory));
      rehearsal.startsWorkers();
      rehearsal.usesTheArchiveOfClasses();
      rehearsal.runsOnce();
      rehearsal.stopsWorkersInOrder();
    }
  }

  private static boolean hasEngine() throws InterruptedException {
    try {
      Process info =
          new ProcessBuilder("docker", "info")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return info.waitFor(20, TimeUnit.SECONDS) && info.exitValue() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  /** Done in a container, so that whoever may use the engine may also do this. */
  private static void giveTo(String owner, Path mounts) throws Exception {
    List<String> command =
        List.of(
            "docker",
            "run",
            "--rm",
            "--network",
            "none",
            "--user",
            "0:0",
            "--volume",
            mounts + ":" + Containment.MOUNTS,
            "--entrypoint",
            "chown",
            image("analyzer"),
            "-R",
            owner,
            Containment.MOUNTS);
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static String image(String role) {
    return "telemetry-inject/" + role + ":" + TAG;
  }

  /** As locked up as the chart's pods; the broker is on this machine, hence its network. */
  private static final class Docker implements Containment {
    @Override
    public List<String> command(
        String role,
        Path mounts,
        Map<String, String> environment,
        List<String> entryPoint,
        List<String> arguments) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "docker",
                  "run",
                  "--rm",
                  "--network",
                  "host",
                  "--read-only",
                  "--tmpfs",
                  "/tmp",
                  "--cap-drop",
                  "ALL",
                  "--security-opt",
                  "no-new-privileges",
                  "--volume",
                  mounts + ":" + MOUNTS));
      environment.forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
      List<String> words = new ArrayList<>(arguments);
      if (!entryPoint.isEmpty()) {
        command.addAll(List.of("--entrypoint", entryPoint.get(0)));
        words.addAll(0, entryPoint.subList(1, entryPoint.size()));
      }
      command.add(image(role));
      command.addAll(words);
      return command;
    }
  }
}
