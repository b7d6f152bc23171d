package io.telemetryinject.coordinator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.policy.Selection.Kind;
import io.telemetryinject.model.ExceptionPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileIT {
  @TempDir Path input;

  @Test
  void saysWhatIsWrittenInIt() throws Exception {
    write(
        """
        # Our policy.
        include: ["src/**"]
        exclude:
          - "**/migrations/**"
          - 'test_*.py'
        min-lines: 3
        kinds: [function, coroutine]
        exceptions: ignore
        intent: >
          Record the order id;
          never record e-mail addresses.
        """);

    assertThat(PolicyFile.find(null, input))
        .isEqualTo(
            new PolicyFile(
                List.of("src/**"),
                List.of("**/migrations/**", "test_*.py"),
                new Selection(3, Set.of(Kind.FUNCTION, Kind.COROUTINE)),
                ExceptionPolicy.IGNORE,
                "Record the order id; never record e-mail addresses."));
  }

  @Test
  void saysNothingWhereThereIsNone() throws Exception {
    assertThat(PolicyFile.find(null, input)).isEqualTo(PolicyFile.none());
    assertThat(PolicyFile.find(null, input.resolve("gone"))).isEqualTo(PolicyFile.none());
    Files.createDirectory(input.resolve(PolicyFile.NAME));
    assertThat(PolicyFile.find(null, input)).isEqualTo(PolicyFile.none());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "{}", "include: []\nintent: ''\n"})
  void saysNothingWhenItIsEmpty(String text) throws Exception {
    write(text);
    assertThat(PolicyFile.find(null, input)).isEqualTo(PolicyFile.none());
  }

  @Test
  void prefersTheOneThatIsNamed() throws Exception {
    write("min-lines: 3\n");
    Path named = Files.writeString(input.resolve("other.yaml"), "min-lines: 7\n");
    assertThat(PolicyFile.find(named, input).selection().minLines()).isEqualTo(7);
    assertThat(problem(input.resolve("gone.yaml"))).hasMessageContaining("gone.yaml");
    assertThat(problem(input)).hasMessageContaining("is not a file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "inclde: [a] | 1 | 'inclde' is not known",
        "min-lines: 3\\nInclude: [a] | 2 | 'Include' is not known",
        "? [a]\\n: b | 1 | is not known",
        "<<: {min-lines: 3} | 1 | '<<' is not known",
        "min-lines: 3\\nmin-lines: 4 | 2 | is there twice",
        "include: src/** | 1 | include is not a list",
        "include: {a: b} | 1 | include is not a list",
        "exclude:\\n  - a\\n  - 7 | 3 | a glob of exclude is not a text",
        "exclude: [''] | 1 | is not a text",
        "include:\\n  - 'a'\\n  - '{a,b' | 3 | is malformed",
        "include: [[a]] | 1 | is not a text",
        "min-lines: three | 1 | not a number of lines",
        "min-lines: -1 | 1 | not a number of lines",
        "min-lines: 3.5 | 1 | not a number of lines",
        "min-lines: '3' | 1 | not a number of lines",
        "min-lines: 0x10 | 1 | not a number of lines",
        "min-lines: 99999999999 | 1 | not a number of lines",
        "min-lines: | 1 | not a number of lines",
        "kinds: function | 1 | kinds is not a list",
        "kinds: [] | 1 | kinds is empty",
        "kinds: [function, lambda] | 1 | 'lambda' is not known",
        "kinds: [Function] | 1 | 'Function' is not known",
        "exceptions: true | 1 | exceptions is not a text",
        "exceptions: report | 1 | neither capture nor ignore",
        "intent: 7 | 1 | intent is not a text",
        "intent: [a] | 1 | intent is not a text",
        "intent: !!python/object:os.system a | 1 | not YAML",
        "include: !!java.util.ArrayList [a] | 1 | not YAML",
        "- include | 1 | not a list of fields",
        "include | 1 | not a list of fields",
        "include: [a | 1 | not YAML",
        "min-lines: 3\\n\\tkinds: [a] | 2 | not YAML",
        "min-lines: 3\\n---\\nmin-lines: 4 | 2 | not YAML",
        "intent: *gone | 1 | not YAML",
      })
  void namesFileLineAndRemedyOfAMistake(String text, int line, String what) throws IOException {
    Path file = write(text.replace("\\n", "\n").replace("\\t", "\t"));
    InputProblem problem = problem(null);
    assertThat(problem.getMessage()).startsWith("the policy " + file).contains(what);
    assertThat(problem.getMessage()).contains(", line ");
    if (!what.equals("not YAML")) {
      assertThat(problem.getMessage()).contains(", line " + line + ": ");
    }
    assertThat(problem.advice()).isNotBlank();
  }

  @Test
  void refusesWhatIsNoTextOrTooLong() throws IOException {
    Files.write(input.resolve(PolicyFile.NAME), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(problem(null)).hasMessageContaining("is not UTF-8");
    write("intent: \u0007\n");
    assertThat(problem(null)).hasMessageContaining("is not YAML");
    write("# " + "x".repeat(100_000));
    assertThat(problem(null)).hasMessageContaining("larger than");
    write("intent: " + "x".repeat(2001));
    assertThat(problem(null)).hasMessageContaining("longer than");
    write("include: " + "[".repeat(20_000));
    assertThat(problem(null)).hasMessageContaining("not YAML");
    write("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ninclude: *c\n");
    assertThat(problem(null)).isNotNull();
  }

  @Test
  void quotesNothingThatWouldUpsetATerminal() throws IOException {
    write("\"\\e[31m" + "x".repeat(500) + "\": 1\n");
    assertThat(problem(null).getMessage()).doesNotContain("\u001b").hasSizeLessThan(300);
  }

  @Test
  void doesNotFollowALinkOutOfTheInput(@TempDir Path elsewhere) throws IOException {
    Path file = Files.writeString(elsewhere.resolve("p.yaml"), "min-lines: 3\n");
    Files.createSymbolicLink(input.resolve(PolicyFile.NAME), file);
    assertThat(problem(null)).hasMessageContaining("leaves the input");
  }

  @Test
  void givesWayToWhatTheUserChose() throws Exception {
    write("exceptions: ignore\ninclude: [a]\nexclude: [b]\n");
    PolicyFile file = PolicyFile.find(null, input);
    assertThat(file.exceptionsUnless(null)).isEqualTo(ExceptionPolicy.IGNORE);
    assertThat(file.exceptionsUnless(ExceptionPolicy.CAPTURE)).isEqualTo(ExceptionPolicy.CAPTURE);
    assertThat(PolicyFile.none().exceptionsUnless(null)).isEqualTo(ExceptionPolicy.CAPTURE);
    assertThat(file.includesWith(List.of("c"))).containsExactly("a", "c");
    assertThat(file.excludesWith(List.of("c"))).containsExactly("b", "c");
    assertThat(file.selection().kinds()).isEqualTo(EnumSet.allOf(Kind.class));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(input.resolve(PolicyFile.NAME), text, StandardCharsets.UTF_8);
  }

  private InputProblem problem(Path named) {
    return catchThrowableOfType(InputProblem.class, () -> PolicyFile.find(named, input));
  }
}
