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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees that say in words what their telemetry is to record; what the model writes is test data.
 */
class IntentRunIT {
  private static final String CALLS = "scripts are asked for: ";

  @TempDir private Path home;

  /** A model whose script records a parameter, and whose tests insist on it. */
  private record Recorder(String parameter, String name) implements Script {
    private static final String TRY = "    if step:\n        head +=";
    private static final String APPLY = "\n\ndef instrument(";

    @Override
    public StubAnswer answer(StubRequest request) {
      String text = ((StubAnswer.Text) WritingModel.general().answer(request)).text();
      boolean script = text.contains("def insert_telemetry(");
      return StubAnswer.text(script ? recording(text) : insisting(text));
    }

    private String recording(String script) {
      assertThat(script).contains(TRY);
      return script.replace(
          TRY,
          """
              if "%s" in context["parameters"]:
                  head += f"{indent}_tel.attr(_tel_func, '%s', %s){newline}"
          """
                  .formatted(parameter, name, parameter)
              + TRY);
    }

    private String insisting(String tests) {
      assertThat(tests).contains(APPLY).endsWith("```\n");
      return tests.substring(0, tests.length() - "```\n".length())
          + """


          def test_records_what_the_intent_names():
              context = {"qualified_name": "f", "parameters": ["%1$s"], "exceptions": "capture"}
              edits = insertions("def f(%1$s):\\n    return 1", context)
              assert "_tel.attr(_tel_func, '%2$s', %1$s)" in edits[0][1]
          ```
          """
              .formatted(parameter, name);
    }
  }

  private Command run(LlmStub stub, Path tree, String output) {
    return Command.run(
        home,
        "--input",
        tree.toString(),
        "--output",
        home.resolve(output).toString(),
        "--provider",
        "openai",
        "--base-url",
        stub.baseUrl(WireProtocol.OPENAI));
  }

  private Path tree(String intent, String source) throws IOException {
    Path tree = Files.createDirectories(home.resolve("tree"));
    Files.writeString(tree.resolve("telemetry.yaml"), "intent: \"" + intent + "\"\n");
    Files.writeString(tree.resolve("app.py"), source);
    return tree;
  }

  @Test
  void recordsTheParameterThatTheIntentNames() throws Exception {
    Path tree =
        tree(
            "record the order id",
            "def pay(order_id, total):\n    return total\n\n\nprint(pay(4711, 3))\n");
    try (LlmStub stub = LlmStub.start(new Recorder("order_id", "order.id"))) {
      Command first = run(stub, tree, "first");
      int calls = stub.requests().size();
      Command second = run(stub, tree, "second");

      assertThat(first.exitCode()).as(first.toString()).isZero();
      assertThat(first.out()).contains("1 applied");
      assertThat(stub.requests().get(0).user()).contains(": record the order id\n");
      assertThat(second.exitCode()).as(second.toString()).isZero();
      assertThat(second.out()).contains("cache hits  1 of 1").contains(" 0 calls, ");
      assertThat(stub.requests()).as(CALLS).hasSize(calls);
    }
    assertThat(Files.readString(home.resolve("first").resolve("app.py")))
        .contains("\n    _tel.attr(_tel_func, 'order.id', order_id)\n    try:\n");
    TestTree.assertSame(
        TestTree.contents(home.resolve("first")), TestTree.contents(home.resolve("second")));
    assertThat(events(home.resolve("first"))).contains("order.id").contains("4711");
  }

  private String events(Path directory) throws Exception {
    Path events = home.resolve("events.jsonl");
    ProcessBuilder program = new ProcessBuilder(CommandProcess.PYTHON, "app.py");
    program.directory(directory.toFile()).redirectErrorStream(true);
    program.environment().put("TELEMETRY_EXPORTER", "jsonl");
    program.environment().put("TELEMETRY_FILE", events.toString());
    Process process = program.start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).isEqualTo("3\n");
    return Files.readString(events);
  }

  /** The verifier refuses it however often the model tries; the template serves the function. */
  @Test
  void recordsNoSecretWhateverTheIntentSays() throws IOException {
    Path tree = tree("record the password", "def login(password):\n    return len(password)\n");
    try (LlmStub stub = LlmStub.start(new Recorder("password", "user.login"))) {
      Command command = run(stub, tree, "out");

      assertThat(command.exitCode()).as(command.toString()).isZero();
      assertThat(command.out()).contains("1 applied").contains("0 rejected");
      assertThat(stub.requests())
          .extracting(StubRequest::user)
          .anyMatch(user -> user.contains("PRIVACY: "))
          .filteredOn(user -> user.contains("failed its validation"))
          .hasSize(3);
    }
    assertThat(Files.readString(home.resolve("out").resolve("app.py")))
        .contains("_tel.func_entry('login', 'password')")
        .doesNotContain("_tel.attr");
  }

  /** A script that serves one function may record what is a secret in the next of its shape. */
  @Test
  void healsACachedScriptThatWouldRecordASecret() throws IOException {
    Path first = tree("record the first parameter", "def pay(order_id):\n    return order_id\n");
    Recorder careless = new Recorder("order_id", "first");
    try (LlmStub stub = LlmStub.start(request -> anyOneParameter(careless.answer(request)))) {
      assertThat(run(stub, first, "first").exitCode()).isZero();
      assertThat(Files.readString(home.resolve("first").resolve("app.py"))).contains("_tel.attr");
    }
    Files.writeString(first.resolve("app.py"), "def login(password):\n    return password\n");
    try (LlmStub stub = LlmStub.start(careless)) {
      Command command = run(stub, first, "second");

      assertThat(command.exitCode()).as(command.toString()).isZero();
      assertThat(stub.requests())
          .extracting(StubRequest::user)
          .anyMatch(user -> user.contains("failed its validation") && user.contains("PRIVACY: "));
    }
    assertThat(Files.readString(home.resolve("second").resolve("app.py")))
        .contains("_tel.func_entry('login', 'password')")
        .doesNotContain("_tel.attr");
  }

  private static StubAnswer anyOneParameter(StubAnswer answer) {
    String text = ((StubAnswer.Text) answer).text();
    return StubAnswer.text(
        text.replace(
                "    if \"order_id\" in context[\"parameters\"]:",
                "    if parameters in (\"order_id\", \"password\"):")
            .replace("'first', order_id){newline}", "'first', {parameters}){newline}"));
  }

  /** A script that records is of no use to a run that asks for nothing of the kind. */
  @Test
  void keepsScriptsOfAnIntentFromRunsWithoutOne() throws IOException {
    Path tree = tree("record the order id", "def pay(order_id):\n    return order_id\n");
    try (LlmStub stub = LlmStub.start(new Recorder("order_id", "order.id"))) {
      assertThat(run(stub, tree, "first").exitCode()).isZero();
    }
    Files.delete(tree.resolve("telemetry.yaml"));
    Files.writeString(tree.resolve("app.py"), "def add(a, b):\n    return a + b\n");
    try (LlmStub stub = LlmStub.start(WritingModel.general())) {
      Command command = run(stub, tree, "second");

      assertThat(command.exitCode()).as(command.toString()).isZero();
      assertThat(command.out()).contains("1 generated").doesNotContain("adopted");
    }
  }
}
