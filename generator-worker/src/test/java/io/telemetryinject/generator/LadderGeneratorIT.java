package io.telemetryinject.generator;

import static io.telemetryinject.generator.Requests.ADD;
import static io.telemetryinject.generator.Requests.GREET;
import static io.telemetryinject.generator.Requests.KEY;
import static io.telemetryinject.generator.Requests.PACK;
import static io.telemetryinject.generator.Requests.PACKS;
import static io.telemetryinject.generator.Requests.POLICY;
import static io.telemetryinject.generator.Requests.SUB;
import static io.telemetryinject.generator.Requests.order;
import static io.telemetryinject.generator.Requests.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.NegativeEntries;
import io.telemetryinject.generator.author.Draft;
import io.telemetryinject.generator.author.DraftTrial;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.generator.author.Manuscript;
import io.telemetryinject.generator.author.ScriptAuthor;
import io.telemetryinject.language.ScriptTemplates;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.sandbox.ValidationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderGeneratorIT extends GeneratorFixture {
  private static final String HEADER = "import ast\n";

  /** What a bad author makes of the template's draft. */
  private interface Twist {
    Draft of(Draft draft);
  }

  private static ScriptAuthor author(Twist twist) {
    return new ScriptAuthor() {
      @Override
      public String name() {
        return "template";
      }

      @Override
      public Manuscript write(GenerationOrder order) {
        ScriptTemplates templates = PACK.templates();
        Draft right =
            new Draft(
                templates.tests(order.key(), order.example(), Instant.EPOCH),
                templates.script(order.key(), order.example(), Instant.EPOCH),
                name(),
                templates.lessons());
        Draft draft = twist.of(right);
        ValidationReport report = trial().judge(order, draft);
        return report.passed()
            ? new Manuscript.Sound(draft, report, Effort.none())
            : new Manuscript.Abandoned(DraftTrial.verdict(draft, report), true, Effort.none());
      }

      @Override
      public boolean isModel() {
        return false;
      }
    };
  }

  private static DraftTrial trial() {
    return new DraftTrial(validator, sandbox, PACKS);
  }

  private Generation generate(ScriptAuthor author, GenerationOrder order) throws Exception {
    return generated(author, order).generation();
  }

  private Generated generated(ScriptAuthor author, GenerationOrder order) throws Exception {
    Clock clock = Clock.systemUTC();
    return new LadderGenerator(
            List.of(author),
            Requests.PACKS,
            trial(),
            null,
            new NegativeEntries(new FileObjectStore(directory.resolve("cache")), clock),
            Duration.ofDays(1),
            cache,
            clock,
            new SimpleMeterRegistry())
        .generate(order);
  }

  @Test
  void storesATemplatesScriptWithItsTestsAndReceipt() throws Exception {
    Generation generation = generate(author(draft -> draft), order(ADD, SUB));

    CachedScript stored = stored(generation);
    assertThat(cache.latestVersion(KEY)).hasValue(1);
    assertThat(cache.read(KEY, 1)).contains(stored);
    assertThat(receipt()).contains("\"verifier\"").contains("\"mutants\"").doesNotContain("false");
  }

  @Test
  void tellsWhatAScriptTookThatTheCacheCannotStore() throws Exception {
    Path scripts = Files.createDirectories(directory.resolve("cache/scripts"));
    Files.writeString(scripts.resolve("python"), "where a directory should be");

    Generated generated = generated(author(draft -> draft), order(ADD));

    assertThat(generated.generation()).isInstanceOf(Generation.Unstored.class);
    assertThat(generated.effort().scriptsGenerated()).isEqualTo(1);
  }

  /** Scripts that replace what the template's answers; all of them leave the tests alone. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tests | return []",
        "tests | return edits[1:]",
        "tests | return [(0, 'import os; ')] + edits",
        "tests | raise ValueError('no')",
        "imports | __import__('os').system('true')",
        "imports | return open(source_code)",
        "determinism | return [(o, t.replace(\"y('f\", f\"y('{id(edits)}\")) for o, t in edits]",
        "determinism | return edits if 'x - y' not in source_code else [][1]",
        "verifier | return [(o, t.replace(\"y('f\", \"y('g\")) for o, t in edits]",
        "verifier | return [(o, t.replace(\", 'x, y')\", \", 'x')\")) for o, t in edits]",
        "verifier | return [(o, t.replace('    raise', '    pass') if 'x - y' in source_code else"
            + " t) for o, t in edits]",
      })
  void storesNothingOfAnAuthorWhoseScriptFails(String step, String body) throws Exception {
    Generation generation =
        generate(author(draft -> withScript(draft, overridden(draft, body))), order(ADD, SUB));

    assertThat(exhausted(generation)).startsWith("script by template failed " + step + ": ");
    assertThat(cache.latestVersion(KEY)).isEmpty();
    assertThat(directory.resolve("cache")).doesNotExist();
  }

  @Test
  void storesNothingOfAnAuthorWhoseScriptIsNoPython() throws Exception {
    assertThat(exhausted(generate(author(d -> withScript(d, "Sure! Here it is:")), order(ADD))))
        .startsWith("script by template failed syntax: ");
    assertThat(cache.latestVersion(KEY)).isEmpty();
  }

  @Test
  void storesNothingOfAnAuthorWhoseTestsWouldPassOnAnything() throws Exception {
    ScriptAuthor author =
        author(
            draft ->
                new Draft(
                    "import insertion_script\n\n\ndef test_it():\n    assert insertion_script\n",
                    draft.script(),
                    draft.author(),
                    draft.lessons()));

    assertThat(exhausted(generate(author, order(ADD))))
        .startsWith("script by template failed mutants: ");
    assertThat(cache.latestVersion(KEY)).isEmpty();
  }

  @Test
  void endsAScriptThatHangsOnARealFunction() throws Exception {
    ScriptAuthor author =
        author(
            draft ->
                withScript(
                    draft,
                    overridden(
                        draft, "while 'x - y' in source_code:\n        pass\n    return edits")));

    assertThat(exhausted(generate(author, order(ADD, SUB)))).contains("failed determinism: ");
    assertThat(cache.latestVersion(KEY)).isEmpty();
  }

  /** A forged request: the functions that wait are not of the key that a script is wanted for. */
  @Test
  void writesNothingForAKeyThatNoWaitingFunctionHas() throws Exception {
    GenerationOrder forged =
        new GenerationOrder(
            run("a run"),
            new ScriptKey(KEY.language(), KEY.kind(), KEY.slug(), "0".repeat(64)),
            1,
            POLICY,
            List.of(GREET),
            null);

    assertThat(exhausted(generate(author(draft -> draft), forged))).contains("has the key");
    assertThat(directory.resolve("cache")).doesNotExist();
  }

  /** A forged request again: one function is of the key, but the example is of another. */
  @Test
  void storesNothingThatWasMadeForAnotherKeysExample() throws Exception {
    GenerationOrder forged =
        new GenerationOrder(run("a run"), KEY, 1, POLICY, List.of(GREET, ADD), null);

    assertThat(exhausted(generate(author(draft -> draft), forged))).contains(" failed ");
    assertThat(cache.latestVersion(KEY)).isEmpty();
  }

  private static Draft withScript(Draft draft, String script) {
    return new Draft(draft.tests(), script, draft.author(), draft.lessons());
  }

  /** The draft's script with an {@code insertions} that does what it likes with the right edits. */
  private static String overridden(Draft draft, String body) {
    assertThat(draft.script()).contains("def insertions(").contains(HEADER);
    return draft
        .script()
        .replace("def insertions(", "def genuine(")
        .replace(
            "def insert_telemetry(",
            "def insertions(source_code, context):\n"
                + "    \"\"\"Insertions.\"\"\"\n"
                + "    edits = genuine(source_code, context)\n    "
                + body
                + "\n\n\ndef insert_telemetry(");
  }

  private String receipt() throws IOException {
    return Files.readString(
        directory.resolve("cache/validation/results").resolve(KEY.baseName() + ".json"));
  }

  private static CachedScript stored(Generation generation) {
    return generation.fold(
        Generation.Stored::script, LadderGeneratorIT::fail, LadderGeneratorIT::fail);
  }

  private static String exhausted(Generation generation) {
    return generation.fold(
        LadderGeneratorIT::fail, Generation.Exhausted::detail, LadderGeneratorIT::fail);
  }

  private static <T> T fail(Generation generation) {
    throw new AssertionError(generation.toString());
  }
}
