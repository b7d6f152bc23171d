package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.WireProtocol;
import io.telemetryinject.llm.stub.writing.WritingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where it is written down what models cost. */
class SpendingsIT {
  @TempDir private Path home;

  @BeforeEach
  void makeTree() throws IOException {
    Files.writeString(home.resolve("app.py"), "def add(a, b):\n    return a + b\n");
  }

  @Test
  void areNoneWithoutAModel() throws IOException {
    Path tree = Files.createDirectories(home.resolve("tree"));
    Files.move(home.resolve("app.py"), tree.resolve("app.py"));

    assertThat(Command.run(home, "--input", tree.toString()).exitCode()).isZero();

    assertThat(home.resolve("cache-spend")).doesNotExist();
  }

  /** The cache's directory lies in the working directory by default, and that may be the input. */
  @Test
  void areNoPartOfAnInputThatHoldsThem(@TempDir Path elsewhere) throws IOException {
    try (LlmStub stub = LlmStub.start(WritingModel.general())) {
      for (String output : new String[] {"first", "second"}) {
        Command command =
            Command.run(
                home,
                "--input",
                home.toString(),
                "--exclude",
                "key/**",
                "--output",
                elsewhere.resolve(output).toString(),
                "--provider",
                "openai",
                "--base-url",
                stub.baseUrl(WireProtocol.OPENAI));

        assertThat(command.exitCode()).as(command.toString()).isZero();
        assertThat(home.resolve("cache-spend")).isNotEmptyDirectory();
        assertThat(elsewhere.resolve(output).resolve("cache-spend")).doesNotExist();
      }
    }
  }
}
