package io.telemetryinject.cache;

/** The machine that this process runs on. */
final class Machine {
  private Machine() {}

  /** Its host name as the environment has it, reduced to what file names may hold. */
  static String name() {
    return System.getenv().getOrDefault("HOSTNAME", "host").replaceAll("[^A-Za-z0-9-]", "");
  }
}
