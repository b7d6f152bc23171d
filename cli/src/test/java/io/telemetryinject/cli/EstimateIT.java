package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run is said to cost before it costs anything. */
class EstimateIT {
  /** A server that would answer nothing: no estimate asks it. */
  private static final String NOBODY = "http://127.0.0.1:9";

  @TempDir private Path home;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(
        tree.resolve("app.py"),
        "def add(a, b):\n    return a + b\n\n\ndef sub(a, b):\n    return a - b\n");
  }

  private Command estimate(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--input", tree.toString(), "--estimate"));
    arguments.addAll(List.of(more));
    Command command = Command.run(home, arguments.toArray(String[]::new));
    assertThat(command.exitCode()).as(command.toString()).isZero();
    return command;
  }

  @Test
  void countsScriptsOfAModel() {
    assertThat(estimate("--provider", "openai", "--base-url", NOBODY).out())
        .contains("missing     1 scripts")
        .contains("calls       2 expected, 7 with every round");
  }

  @Test
  void countsFunctionsWhereThereAreNoScripts() {
    assertThat(estimate("--provider", "openai", "--base-url", NOBODY, "--no-scripts").out())
        .contains("missing     0 scripts")
        .contains("calls       2 expected, 6 with every round");
  }

  /** A free model that fails leads to one that is not. */
  @Test
  void countsEveryModelOfALadderAtWorst() {
    String out = estimate("--provider", "ollama,openai", "--base-url", NOBODY + "," + NOBODY).out();

    assertThat(out)
        .contains("calls       2 expected, 14 with every round")
        .contains("$0.00 expected")
        .doesNotContain("$0.00 with every round");
  }

  @Test
  void expectsNoCallWhereTheTemplateIsAskedFirst() {
    assertThat(estimate("--provider", "template,openai", "--base-url", NOBODY).out())
        .contains("missing     1 scripts")
        .contains("calls       0 expected, 7 with every round");
  }
}
