package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.StubAnswer;
import io.telemetryinject.llm.stub.WireProtocol;
import io.telemetryinject.llm.stub.writing.WritingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that serve nobody: the template does, and a person is told what to change. */
class SilentProviderIT {
  @TempDir private Path home;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(
        tree.resolve("app.py"),
        "def add(a, b):\n    return a + b\n\n\ndef close():\n    print('closed')\n");
  }

  private Command run(LlmStub stub, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--input", tree.toString(), "--provider", "openai"));
    arguments.addAll(List.of("--base-url", stub.baseUrl(WireProtocol.OPENAI)));
    arguments.addAll(List.of("--call-attempts", "1", "--requests-per-minute", "0"));
    arguments.addAll(Arrays.asList(more));
    return Command.run(home, arguments.toArray(String[]::new));
  }

  private Path negatives() {
    return home.resolve("cache/metadata/negative");
  }

  private static void assertServedByTheTemplate(Command command) {
    assertThat(command.exitCode()).as(command.toString()).isZero();
    assertThat(command.out()).contains("2 applied").contains("2 generated").contains("$0.00");
  }

  @Test
  void saysOnceWhatToDoAboutAKeyThatIsRefused() {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.error(401, "bad key"))) {
      Command command = run(stub);

      assertServedByTheTemplate(command);
      assertThat(command.err())
          .contains("openai:gpt-4.1-mini")
          .contains("answered 401 (bad key)")
          .contains("OPENAI_API_KEY")
          .containsOnlyOnce("writes no scripts for now");
    }
    assertThat(negatives()).doesNotExist();
  }

  @Test
  void saysWhoDoesNotAnswer() {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.serverError())) {
      Command command = run(stub);

      assertServedByTheTemplate(command);
      assertThat(command.err()).contains("answered 500").contains("writes no scripts for now");
    }
    assertThat(negatives()).doesNotExist();
  }

  @Test
  void servesWhatAModelRefusesAndWhatAFilterStops() {
    try (LlmStub stub =
        LlmStub.start(
            request ->
                request.number() % 2 == 0 ? StubAnswer.refusal() : StubAnswer.contentFilter())) {
      Command command = run(stub);

      assertThat(command.exitCode()).as(command.toString()).isZero();
      assertThat(command.out()).contains("2 applied").contains("2 generated");
    }
    assertThat(negatives()).doesNotExist();
  }

  /** A limit cannot hold without a price, and nobody finds out unless told. */
  @Test
  void saysThatALimitNeedsAPrice() {
    try (LlmStub stub = LlmStub.start(WritingModel.general())) {
      Command command = run(stub, "--model", "unheard-of", "--max-cost", "1");

      assertServedByTheTemplate(command);
      assertThat(stub.requests()).isEmpty();
      assertThat(command.err())
          .contains("the price of openai:unheard-of is not known")
          .contains("openai.unheard-of = INPUT OUTPUT");
    }
    assertThat(negatives()).doesNotExist();
  }

  @Test
  void saysThatACostIsNotKnown() {
    try (LlmStub stub = LlmStub.start(WritingModel.general())) {
      Command command = run(stub, "--model", "unheard-of");

      assertThat(command.exitCode()).as(command.toString()).isZero();
      assertThat(stub.requests()).isNotEmpty();
      assertThat(command.err())
          .contains("the price of openai:unheard-of is not known")
          .contains("--prices");
    }
  }

  @Test
  void failsFunctionsThatNoModelInstrumentsWhereNoScriptMay() {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.error(401, "bad key"))) {
      Command command = run(stub, "--no-scripts");

      assertThat(command.exitCode()).as(command.toString()).isEqualTo(1);
      assertThat(command.out()).contains("2 failed").contains("OPENAI_API_KEY");
    }
  }
}
