package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandLineIT {
  /** Both functions are skipped or refused by name; the second file is no Python at all. */
  private static final String ODD =
      """
      def look():
          return locals()


      def partly(x):
          return x
      """;

  private static final String BROKEN = "def broken(:\n    return 'unclosed\n";

  @RegisterExtension static final WarmCache WARM = new WarmCache();

  @TempDir private Path home;
  private Path input;
  private Path output;

  @BeforeEach
  void makeInput() throws IOException {
    WARM.copyTo(home);
    input = Files.createDirectories(home.resolve("tree"));
    output = home.resolve("tree-instrumented");
    Files.writeString(input.resolve("app.py"), WarmCache.SOURCE);
    Files.writeString(input.resolve("notes.txt"), "not source\n");
  }

  private Command run(String... arguments) {
    return Command.run(home, arguments);
  }

  private Command runOnInput(String... more) {
    return run(
        Stream.concat(Stream.of("--input", input.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void instrumentsATreeBesideItAndSaysWhatItCameTo() throws IOException {
    Command command = runOnInput();

    assertThat(command.exitCode()).isZero();
    assertThat(command.out())
        .contains("functions   2 in 1 files")
        .contains("2 applied, 0 unchanged, 0 skipped, 0 rejected, 0 failed")
        .contains("cache hits  2 of 2 (100.0 %)")
        .contains("scripts     0 generated")
        .contains("result      " + output.toRealPath());
    assertThat(command.err()).contains("1 source files").doesNotContain("WARN");
    assertThat(read(output, "app.py")).contains("_tel.func_entry('add', 'a, b')");
    assertThat(read(output, "notes.txt")).isEqualTo("not source\n");
    assertThat(read(input, "app.py")).isEqualTo(WarmCache.SOURCE);
  }

  @Test
  void changesNothingInASecondRunOverTheOutput() throws IOException {
    runOnInput();
    Map<String, String> first = TestTree.contents(output);

    Command again = runOnInput();
    Command over = run("--input", output.toString(), "--output", home.resolve("o2").toString());

    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("done by an earlier run");
    TestTree.assertSame(TestTree.contents(output), first);
    assertThat(over.exitCode()).isZero();
    assertThat(over.out()).contains("0 applied, 2 unchanged");
    TestTree.assertSame(TestTree.contents(home.resolve("o2")), first);
    assertThat(run("--uninject", "--input", home.resolve("o2").toString()).exitCode()).isZero();
    TestTree.assertSame(TestTree.contents(home.resolve("o2")), TestTree.contents(input));
  }

  @Test
  void endsWithOneWhenSomethingWasRejectedAndWritesAllTheSame() throws IOException {
    Files.writeString(input.resolve("broken.py"), BROKEN);

    Command command = runOnInput();

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.out())
        .contains("1 rejected")
        .contains("1 left as they were:")
        .contains("broken.py")
        .contains("rejected PARSE");
    assertThat(read(output, "broken.py")).isEqualTo(BROKEN);
    assertThat(read(output, "app.py")).contains("_tel.func_entry");
  }

  @Test
  void reportsAsJsonWhatWasNotInstrumentedAndWhy() throws IOException {
    Files.writeString(input.resolve("broken.py"), BROKEN);
    Files.writeString(input.resolve("odd.py"), ODD);
    Path report = home.resolve("report.json");

    Command command = runOnInput("--report", report.toString());

    JsonNode json = new JsonMapper().readTree(Files.readString(report));
    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(json.get("functions").asInt()).isGreaterThanOrEqualTo(4);
    assertThat(json.get("outcomes").get("applied").asInt()).isEqualTo(3);
    assertThat(json.get("outcomes").get("skipped").asInt()).isEqualTo(1);
    assertThat(json.get("outcomes").get("rejected").asInt()).isEqualTo(1);
    assertThat(json.get("cacheHits").asInt() + json.get("cacheMisses").asInt()).isEqualTo(3);
    assertThat(json.get("llmCalls").asInt()).isZero();
    assertThat(json.get("totalSeconds").asDouble()).isPositive();
    assertThat(json.get("notApplied").valueStream())
        .extracting(
            entry -> entry.get("path").asString(),
            entry -> entry.get("qualifiedName").asString(),
            entry -> entry.get("line").asInt(),
            entry -> entry.get("outcome").asString(),
            entry -> entry.get("reason").asString())
        .contains(tuple("odd.py", "look", 1, "skipped", "FRAME_ACCESS"))
        .anySatisfy(entry -> assertThat(entry.toList()).contains("broken.py", "rejected", "PARSE"));
  }

  private static Stream<Arguments> wrongUses() {
    return Stream.of(
        Arguments.of("no input was named", List.of()),
        Arguments.of("Unknown option", List.of("--inptu", "x")),
        Arguments.of("is not a directory", List.of("--input", "TREE/app.py")),
        Arguments.of("is not a directory", List.of("--input", "TREE/nowhere")),
        Arguments.of(
            "exclude one another", List.of("--input", "TREE", "--output", "OUT", "--in-place")),
        Arguments.of("exclude one another", List.of("--input", "TREE", "--diff", "--in-place")),
        Arguments.of(
            "exclude one another", List.of("--input", "TREE", "--embedded", "--kafka", "h:1")),
        Arguments.of(
            "needs a tree of its own", List.of("--input", "TREE", "--incremental", "--diff")),
        Arguments.of(
            "needs a tree of its own",
            List.of("--input", "TREE", "--incremental", "--output", "OUT.patch")),
        Arguments.of("is not a git repository", List.of("--input", "TREE", "--ref", "main")),
        Arguments.of(
            "--ref and --in-place exclude one another",
            List.of("--input", "TREE", "--ref", "main", "--in-place")),
        Arguments.of("cannot fetch from file://", List.of("--input", "file:///no/where.git")),
        Arguments.of(
            "cannot be changed in place", List.of("--input", "file:///x.git", "--in-place")),
        Arguments.of("is not known", List.of("--input", "TREE", "--provider", "oracle")),
        Arguments.of("has no provider", List.of("--input", "TREE", "--model", "gpt-5")),
        Arguments.of("has no provider", List.of("--input", "TREE", "--base-url", "http://h")),
        Arguments.of(
            "names 2 values for 1 of the providers template,ollama",
            List.of("--input", "TREE", "--provider", "template,ollama", "--model", "a,b")),
        Arguments.of(
            "holds an empty name",
            List.of("--input", "TREE", "--provider", "ollama,openai", "--model", ",b")),
        Arguments.of("--max-cost -1 is too little", List.of("--input", "TREE", "--max-cost=-1")),
        Arguments.of(
            "--concurrent-calls 0 is too little",
            List.of("--input", "TREE", "--provider", "ollama", "--concurrent-calls", "0")),
        Arguments.of("no key", List.of("--input", "TREE", "--provider", "openai")),
        Arguments.of("--cache-key", List.of("--input", "TREE", "--cache-key", "colour")),
        Arguments.of("--sandbox", List.of("--input", "TREE", "--sandbox", "weak")),
        Arguments.of("glob", List.of("--input", "TREE", "--include", "a[")),
        Arguments.of("output is the input", List.of("--input", "TREE", "--output", "TREE")),
        Arguments.of("no run of ours wrote it", List.of("--input", "TREE", "--output", "FOREIGN")),
        Arguments.of("no .telemetry-inject manifest", List.of("--input", "TREE", "--uninject")));
  }

  @ParameterizedTest
  @MethodSource("wrongUses")
  void endsWithTwoBeforeAnythingIsWritten(String complaint, List<String> arguments)
      throws IOException {
    Path foreign = Files.createDirectories(home.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.txt"), "years of work");
    Map<String, String> before = TestTree.contents(home);

    Command command =
        run(
            arguments.stream()
                .map(a -> a.replace("TREE", input.toString()))
                .map(a -> a.replace("FOREIGN", foreign.toString()))
                .map(a -> a.replace("OUT", output.toString()))
                .toArray(String[]::new));

    assertThat(command.exitCode()).as(command.toString()).isEqualTo(2);
    assertThat(command.out()).isEmpty();
    assertIsForPeople(command.err(), complaint);
    assertThat(output).doesNotExist();
    Map<String, String> after = TestTree.contents(home);
    after.keySet().removeIf(path -> path.startsWith("cache") || path.startsWith("key"));
    before.keySet().removeIf(path -> path.startsWith("cache") || path.startsWith("key"));
    TestTree.assertSame(after, before);
  }

  @Test
  void refusesAForeignFileOfTheRuntimesName() throws IOException {
    Files.writeString(input.resolve("_telemetry_utils.py"), "tel = None\n");

    Command command = runOnInput();

    assertThat(command.exitCode()).isEqualTo(2);
    assertIsForPeople(command.err(), "_telemetry_utils.py");
    assertThat(output).doesNotExist();
  }

  @Test
  void refusesAnInterpreterThatIsNone() {
    Command command =
        Command.runExactly(
            "--input",
            input.toString(),
            "--python",
            input.resolve("app.py").toString(),
            "--cache-dir",
            home.resolve("cache").toString(),
            "--signing-key",
            home.resolve("key/signing-key").toString());

    assertThat(command.exitCode()).isEqualTo(2);
    assertIsForPeople(command.err(), "is not an executable file");
  }

  @Test
  void refusesASigningKeyThatIsNone() throws IOException {
    Files.writeString(home.resolve("key/signing-key"), "not a key");

    Command command = runOnInput();

    assertThat(command.exitCode()).isEqualTo(2);
    assertIsForPeople(command.err(), "signing-key");
    assertThat(output).doesNotExist();
  }

  /** A full directory stands where a file must go: the run stops there and can be resumed. */
  @Test
  void endsWithThreeWhenAFileCannotBeWrittenAndContinuesOnceItCan() throws IOException {
    runOnInput();
    Map<String, String> expected = TestTree.contents(output);
    Path file = output.resolve("app.py");
    Files.delete(file);
    Path obstacle = Files.createDirectories(file).resolve("in the way");
    Files.writeString(obstacle, "");

    Command stopped = runOnInput();
    Files.delete(obstacle);
    Files.delete(file);
    Command continued = runOnInput();

    assertThat(stopped.exitCode()).as(stopped.toString()).isEqualTo(3);
    assertIsForPeople(stopped.err(), "app.py");
    assertThat(stopped.err()).contains("Mend the cause, then run the same command again");
    assertThat(continued.exitCode()).isZero();
    TestTree.assertSame(TestTree.contents(output), expected);
  }

  @Test
  void showsStackTracesOnlyWhenAskedTo() throws IOException {
    Files.writeString(input.resolve("_telemetry_utils.py"), "tel = None\n");

    assertThat(runOnInput().err()).doesNotContain("\tat ");
    assertThat(runOnInput("--verbose").err()).contains("\tat io.telemetryinject.");
  }

  @Test
  void showsADiffAndWritesNothing() throws IOException {
    Map<String, String> before = TestTree.contents(input);

    Command command = runOnInput("--diff");

    assertThat(command.exitCode()).isZero();
    assertThat(command.out())
        .startsWith("--- ")
        .contains("app.py")
        .contains("\n+from _telemetry_utils import tel as _tel\n")
        .contains("\n-    return a + b\n");
    assertThat(command.err()).contains("2 applied");
    assertThat(output).doesNotExist();
    TestTree.assertSame(TestTree.contents(input), before);
  }

  @Test
  void takesEverythingOutAgainByteForByte() throws IOException {
    Map<String, String> before = TestTree.contents(input);

    Command in = runOnInput("--in-place");
    String instrumented = read(input, "app.py");
    Command out = runOnInput("--uninject");

    assertThat(in.exitCode()).isZero();
    assertThat(instrumented).contains("_tel.func_entry");
    assertThat(out.exitCode()).isZero();
    TestTree.assertSame(TestTree.contents(input), before);
  }

  @Test
  void leavesAFileAloneThatWasEditedSince() throws IOException {
    Files.writeString(input.resolve("other.py"), WarmCache.SOURCE);
    runOnInput("--in-place");
    Files.writeString(input.resolve("app.py"), read(input, "app.py") + "# mine\n");
    String edited = read(input, "app.py");

    Command command = runOnInput("--uninject");

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.out()).contains("app.py  rejected EDITED");
    assertThat(read(input, "app.py")).isEqualTo(edited);
    assertThat(read(input, "other.py")).isEqualTo(WarmCache.SOURCE);
  }

  @Test
  void keepsScriptsPerSignatureWhenToldTo() throws IOException {
    Files.writeString(
        input.resolve("app.py"), WarmCache.SOURCE + "\n\ndef sub(x, y):\n    return x - y\n");

    Command byShape = runOnInput();
    Command bySignature =
        runOnInput("--cache-key", "signature", "--output", home.resolve("o2").toString());

    assertThat(byShape.out()).contains("scripts     0 generated");
    assertThat(bySignature.exitCode()).isZero();
    assertThat(bySignature.out()).contains("scripts     3 generated");
    assertThat(read(home.resolve("o2"), "app.py")).isEqualTo(read(output, "app.py"));
  }

  @Test
  void writesScriptsAnewAsTheNextVersionWhenToldTo() throws IOException {
    runOnInput("--force-regenerate");

    try (Stream<Path> scripts = Files.list(home.resolve("cache/scripts/python"))) {
      assertThat(scripts.map(p -> p.getFileName().toString()))
          .hasSize(4)
          .filteredOn(name -> name.endsWith("_v2.py"))
          .hasSize(2);
    }
    assertThat(read(output, "app.py")).contains("_tel.func_entry");
  }

  @Test
  void warnsOfScriptsThatAreNotLockedIn() throws IOException {
    Command command = runOnInput("--sandbox", "none");

    assertThat(command.exitCode()).isZero();
    assertThat(command.err()).contains("--sandbox none: scripts run with your own rights");
    assertThat(runOnInput().err()).doesNotContain("--sandbox none");
  }

  @Test
  void explainsItself() {
    Command command = Command.runExactly("--help");

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).contains("--embedded").contains("Exit codes:");
  }

  /** What happened, to which input, and what to do now: two lines at least, and no stack trace. */
  private static void assertIsForPeople(String err, String complaint) {
    List<String> lines = err.lines().dropWhile(l -> l.endsWith("source files")).toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
    assertThat(lines.get(0)).startsWith("telemetry-inject: ").contains(complaint);
    assertThat(lines.get(1)).startsWith("  ").isNotBlank();
    assertThat(err).doesNotContain("\tat ").doesNotContain("Exception");
  }

  private static String read(Path root, String file) throws IOException {
    return Files.readString(root.resolve(file));
  }
}
