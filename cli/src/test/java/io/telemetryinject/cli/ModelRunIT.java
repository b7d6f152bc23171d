package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.Script;
import io.telemetryinject.llm.stub.StubAnswer;
import io.telemetryinject.llm.stub.StubRequest;
import io.telemetryinject.llm.stub.WireProtocol;
import io.telemetryinject.llm.stub.writing.WritingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs with a model behind each provider's wire protocol; what it writes is test data. */
class ModelRunIT {
  private static final Path SHOP = Path.of("..", "examples", "shop");
  private static final String SOURCE =
      """
      def add(a, b):
          return a + b


      class Shop:
          def close(self):
              print("closed")
      """;

  @TempDir private Path home;

  private Command run(LlmStub stub, WireProtocol protocol, Path input, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--input", input.toString()));
    arguments.addAll(List.of("--provider", protocol.name().toLowerCase(Locale.ROOT)));
    arguments.addAll(List.of("--base-url", stub.baseUrl(protocol)));
    arguments.addAll(List.of("--requests-per-minute", "0", "--tokens-per-minute", "0"));
    arguments.addAll(List.of(more));
    return Command.run(home, arguments.toArray(String[]::new));
  }

  private Path tree() throws IOException {
    Path tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(tree.resolve("app.py"), SOURCE);
    return tree;
  }

  @ParameterizedTest
  @EnumSource
  void healsInAColdRunAndAsksNothingInAWarmOne(WireProtocol protocol) throws IOException {
    Path cold = home.resolve("cold");
    Path warm = home.resolve("warm");
    try (LlmStub stub = LlmStub.start(WritingModel.ofOwnShape().wrongAtFirst())) {
      Command first = run(stub, protocol, SHOP, "--output", cold.toString());
      int calls = stub.requests().size();
      Command second = run(stub, protocol, SHOP, "--output", warm.toString(), "--stream");

      assertThat(first.exitCode()).as(first.toString()).isZero();
      assertThat(first.out())
          .contains("35 applied, 0 unchanged, 0 skipped, 0 rejected, 0 failed")
          .contains(calls + " calls, ")
          .contains("to heal a script");
      assertThat(second.exitCode()).isZero();
      assertThat(second.out()).contains("cache hits  35 of 35").contains(" 0 calls, ");
      assertThat(stub.requests()).hasSize(calls);
    }
    TestTree.assertSame(TestTree.contents(cold), TestTree.contents(warm));
  }

  @Test
  void runsTheWholePipelineWithAModel() throws IOException {
    Path embedded = home.resolve("embedded");
    Path template = home.resolve("template");
    try (LlmStub stub = LlmStub.start(WritingModel.general())) {
      Command command =
          run(
              stub,
              WireProtocol.ANTHROPIC,
              SHOP,
              "--embedded",
              "--stream",
              "--output",
              embedded.toString());

      assertThat(command.exitCode()).as(command.toString()).isZero();
      assertThat(command.out()).containsPattern("scripts {5}[1-4] generated, \\d+ adopted");
    }
    Command.run(home.resolve("other"), "--input", SHOP.toString(), "--output", template.toString());
    TestTree.assertSame(TestTree.contents(embedded), TestTree.contents(template));
  }

  /**
   * What a model writes is wrong at first, and of every two questions one first meets a failure.
   */
  @Test
  void getsEveryScriptFromAModelThroughAProviderThatFailsInEveryWay() throws IOException {
    WritingModel model = WritingModel.ofOwnShape().wrongAtFirst();
    AtomicInteger questions = new AtomicInteger();
    Set<String> met = ConcurrentHashMap.newKeySet();
    Script wild =
        request ->
            switch (met.add(subject(request)) ? questions.incrementAndGet() % 14 : 0) {
              case 1 -> StubAnswer.throttled(Duration.ofSeconds(1));
              case 3 -> StubAnswer.overloaded();
              case 5 -> StubAnswer.refusal();
              case 7 -> StubAnswer.cut();
              case 9 -> StubAnswer.serverError();
              case 11 -> StubAnswer.empty();
              case 13 -> StubAnswer.hang(Duration.ofMillis(300));
              default -> model.answer(request);
            };
    Path output = home.resolve("output");
    try (LlmStub stub = LlmStub.start(wild)) {
      Command command =
          run(stub, WireProtocol.OPENAI, SHOP, "--embedded", "--output", output.toString());

      assertThat(command.exitCode()).as(command.toString()).isZero();
      assertThat(command.out())
          .contains("35 applied, 0 unchanged, 0 skipped, 0 rejected, 0 failed");
    }
    List<String> notByModel = new ArrayList<>();
    List<Path> entries;
    try (Stream<Path> files = Files.list(home.resolve("cache/metadata/entries"))) {
      entries = files.toList();
    }
    for (Path entry : entries) {
      if (Files.readString(entry).contains("\"model_generated_by\" : \"template\"")) {
        notByModel.add(entry.getFileName().toString());
      }
    }
    assertThat(entries).hasSizeGreaterThan(14);
    assertThat(notByModel).isEmpty();
  }

  /** What a question is about and asks for, whatever it says of earlier answers. */
  private static String subject(StubRequest request) {
    return request.user().lines().filter(line -> line.startsWith("Shape: ")).findFirst().orElse("")
        + request.user().contains("Write the tests, before there is a script");
  }

  @Test
  void usesTheTemplateAndEndsWithThreeWhenTheBudgetIsSpent() throws IOException {
    try (LlmStub stub = LlmStub.start(WritingModel.ofOwnShape())) {
      Command command = run(stub, WireProtocol.OPENAI, tree(), "--max-cost", "0.000001");

      assertThat(command.exitCode()).as(command.toString()).isEqualTo(3);
      assertThat(command.out()).contains("2 applied").contains(" 0 calls, ");
      assertThat(command.err()).contains("the budget was reached");
      assertThat(stub.requests()).isEmpty();
    }
  }

  @Test
  void leavesCacheAndLedgerOutOfAnOutput() throws IOException {
    Path tree = tree();
    try (LlmStub stub = LlmStub.start(WritingModel.general())) {
      Command command =
          Command.runExactly(
              "--input",
              tree.toString(),
              "--provider",
              "openai",
              "--base-url",
              stub.baseUrl(WireProtocol.OPENAI),
              "--cache-dir",
              tree.resolve("cache").toString(),
              "--signing-key",
              home.resolve("key").resolve("signing-key").toString(),
              "--python",
              CommandProcess.PYTHON);

      assertThat(command.exitCode()).as(command.toString()).isZero();
      assertThat(tree.resolve("cache-spend")).isDirectory();
    }
    assertThat(TestTree.contents(home.resolve("tree-instrumented")).keySet())
        .noneMatch(path -> path.startsWith("cache"));
  }

  @Test
  void estimatesAndSpendsNothing() throws IOException {
    try (LlmStub stub = LlmStub.start(WritingModel.general())) {
      Command command = run(stub, WireProtocol.OPENAI, tree(), "--estimate");

      assertThat(command.exitCode()).as(command.toString()).isZero();
      assertThat(command.out()).contains("2 scripts").contains("calls").contains("$");
      assertThat(stub.requests()).isEmpty();
      assertThat(home.resolve("tree-instrumented")).doesNotExist();
    }
  }

  @Test
  void hasFunctionsInstrumentedWithoutScriptsAndCachesNothing() throws IOException {
    Path direct = home.resolve("direct");
    Path scripts = home.resolve("scripts");
    Path tree = tree();
    Files.writeString(tree.resolve("crlf.py"), "def add(a):\r\n    b = a\r\n    return b\r\n");
    try (LlmStub stub = LlmStub.start(WritingModel.general())) {
      Command command =
          run(stub, WireProtocol.OLLAMA, tree, "--no-scripts", "--output", direct.toString());

      assertThat(command.exitCode()).as(command.toString()).isZero();
      assertThat(command.out()).contains("3 applied").contains("0 generated").contains(" 3 calls");
    }
    Command.run(home, "--input", tree.toString(), "--output", scripts.toString());
    assertThat(Files.readString(direct.resolve("app.py")))
        .isEqualTo(Files.readString(scripts.resolve("app.py")));
    assertThat(Files.readString(direct.resolve("crlf.py")))
        .isEqualTo(Files.readString(scripts.resolve("crlf.py")));
  }

  /** The verifier stands between the model and the file, scripts or not. */
  @Test
  void refusesWhatAModelChangesWithoutScripts() throws IOException {
    Path tree = tree();
    Script sly = request -> StubAnswer.text("```python\ndef add(a, b):\n    return a - b\n```");
    try (LlmStub stub = LlmStub.start(sly)) {
      Command command = run(stub, WireProtocol.OPENAI, tree, "--no-scripts");

      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.out()).contains("2 rejected").contains("PRESERVATION");
      assertThat(stub.requests()).hasSize(6);
    }
    Map<String, String> after = TestTree.contents(home.resolve("tree-instrumented"));
    assertThat(after.get("app.py")).isEqualTo(TestTree.contents(tree).get("app.py"));
  }

  @Test
  void fallsBackOnTheTemplateWhenNobodyAnswers() throws IOException {
    Path tree = tree();
    Command command =
        Command.run(
            home,
            "--input",
            tree.toString(),
            "--provider",
            "ollama",
            "--base-url",
            "http://127.0.0.1:9",
            "--call-attempts",
            "1");

    assertThat(command.exitCode()).as(command.toString()).isZero();
    assertThat(command.out()).contains("2 applied").contains("2 generated");
  }
}
