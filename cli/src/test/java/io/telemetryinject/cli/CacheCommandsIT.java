package io.telemetryinject.cli;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.MissReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command does with a cache alone. */
class CacheCommandsIT {
  @RegisterExtension static final WarmCache WARM = new WarmCache();

  @TempDir private Path home;
  private int outputs;

  @BeforeEach
  void copyCache() throws IOException {
    WARM.copyTo(home);
  }

  private Command instrument(String... more) throws IOException {
    Path input = Files.createDirectories(home.resolve("tree"));
    Files.writeString(input.resolve("app.py"), WarmCache.SOURCE);
    List<String> arguments = new ArrayList<>(List.of("--input", input.toString()));
    arguments.addAll(List.of("--output", home.resolve("output" + outputs++).toString()));
    arguments.addAll(List.of(more));
    return Command.run(home, arguments.toArray(String[]::new));
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
  void tellsFiguresAsJson() throws IOException {
    instrument();

    JsonNode stats =
        JsonMapper.shared().readTree(Command.run(home, "--cache-stats", "--json").out());

    assertThat(stats.at("/total_scripts").asInt()).isEqualTo(2);
    assertThat(stats.at("/lookups/shape_hits").asInt()).isPositive();
    assertThat(stats.at("/savings/model_calls").asInt()).isZero();
  }

  @Test
  void tellsWhyScriptsWereMissed() throws IOException {
    assertThat(misses()).containsExactly("new shape");
    assertThat(instrument("--exceptions", "ignore").out()).contains("policy changed");
    assertThat(misses()).containsExactly("policy changed");
    assertThat(instrument("--force-regenerate").out()).contains("forced");
    assertThat(misses()).containsExactly("forced");

    Command.run(home, "--cache-prune", "--days", "0");

    assertThat(instrument("--exceptions", "ignore").out()).contains("expired");
    Command.run(home, "--cache-clear");
    assertThat(instrument("--cache-key", "signature").out()).contains("never seen");
    assertThat(Command.run(home, "--explain-miss").out())
        .startsWith("Misses of run ")
        .containsPattern(" +1  never seen +[a-z]+_[0-9a-f]{12}");
  }

  /** Reasons of the last run that missed anything. */
  private Set<String> misses() {
    JsonNode report =
        JsonMapper.shared().readTree(Command.run(home, "--explain-miss", "--json").out());
    return report
        .at("/lines")
        .valueStream()
        .map(line -> MissReason.valueOf(line.at("/reason").asString()).word())
        .collect(toSet());
  }

  @Test
  void clearsTheCache() {
    Command command = Command.run(home, "--cache-clear");

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).contains("Removed 2 scripts (all)");
    assertThat(Command.run(home, "--cache-stats").out()).contains("Total scripts: 0");
  }
}
