package io.telemetryinject.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts a role's image, or what stands in for it; what is below {@code mounts} is its own. */
interface Containment {
  /** Where {@code mounts} is found inside. */
  String MOUNTS = "/mounts";

  /**
   * The command line that starts it.
   *
   * @param environment beside the image's own
   * @param entryPoint in place of the image's own; empty for that
   */
  List<String> command(
      String role,
      Path mounts,
      Map<String, String> environment,
      List<String> entryPoint,
      List<String> arguments);
}
