package io.telemetryinject.cache;

import java.nio.file.Path;
import java.util.Map;

/** Where this program keeps what it could make again, for one user of one machine. */
public final class UserCache {
  private UserCache() {}

  /**
   * As the XDG base directory specification has it.
   *
   * @param environment of the process
   */
  public static Path directory(Map<String, String> environment) {
    String cache = environment.get("XDG_CACHE_HOME");
    Path home =
        cache != null && Path.of(cache).isAbsolute()
            ? Path.of(cache)
            : Path.of(
                environment.getOrDefault("HOME", System.getProperty("java.io.tmpdir", "/tmp")),
                ".cache");
    return home.resolve("telemetry-inject");
  }
}
