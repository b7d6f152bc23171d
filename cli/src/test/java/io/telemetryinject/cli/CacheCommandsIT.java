package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the command does with a cache alone. */
class CacheCommandsIT {
  @RegisterExtension static final WarmCache WARM = new WarmCache();

  @TempDir private Path home;

  @BeforeEach
  void copyCache() throws IOException {
    WARM.copyTo(home);
  }

  private Command instrument() throws IOException {
    Path input = Files.createDirectories(home.resolve("tree"));
    Files.writeString(input.resolve("app.py"), WarmCache.SOURCE);
    return Command.run(home, "--input", input.toString());
  }

  @Test
  void tellsFiguresOfTheCache() throws IOException {
    instrument();

    Command command = Command.run(home, "--cache-stats");

    assertThat(command.exitCode()).isZero();
    assertThat(command.out())
        .contains("Cache Statistics: ")
        .contains("Total scripts: 2 (0 quarantined)")
        .containsPattern("Hit rate: [1-9][0-9.]*%");
  }

  @Test
  void findsAScriptThatWasTamperedWith() throws IOException {
    Command before = Command.run(home, "--cache-validate");
    Path script;
    try (Stream<Path> scripts = Files.list(home.resolve("cache/scripts/python"))) {
      script = scripts.findFirst().orElseThrow();
    }
    Files.writeString(script, Files.readString(script) + "# tampered with\n");

    Command after = Command.run(home, "--cache-validate");

    assertThat(before.exitCode()).as(before.out()).isZero();
    assertThat(before.out()).contains("2 scripts checked: all sound");
    assertThat(after.exitCode()).isEqualTo(1);
    assertThat(after.out()).contains(script.getFileName().toString().replace(".py", ""));
    assertThat(instrument().exitCode()).as("a new version takes its place").isZero();
  }

  @Test
  void prunesOnlyWhatHasNotBeenUsedForSoLong() throws IOException {
    instrument();

    Command old = Command.run(home, "--cache-prune", "--days", "30");
    Command all = Command.run(home, "--cache-prune", "--days", "0");

    assertThat(old.out()).contains("Removed 0 scripts (unused for 30 days)");
    assertThat(all.out()).contains("Removed 2 scripts (unused for 0 days)");
    assertThat(Command.run(home, "--cache-stats").out()).contains("Total scripts: 0");
  }

  @Test
  void clearsTheCache() {
    Command command = Command.run(home, "--cache-clear");

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).contains("Removed 2 scripts (all)");
    assertThat(Command.run(home, "--cache-stats").out()).contains("Total scripts: 0");
  }
}
