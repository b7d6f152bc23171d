package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceText;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.RunPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scanner's shapes, the templates' scripts and the verifier must be of one mind. */
class ScriptsAndVerifierIT {
  private static final String CORPUS = System.getProperty("telemetry.inject.corpus", "");
  private static final int SAMPLE = 120;

  private final PythonPack pack = new PythonPack();
  private final PythonTemplates templates = new PythonTemplates();
  private final List<Case> cases = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final Set<String> shapes = new HashSet<>();
  private int unparsable;
  @TempDir Path work;

  /** One function under one policy; its script's answer is the line of the same number. */
  private record Case(
      Path file, ScannedFunction function, byte[] code, ExceptionPolicy exceptions) {}

  @Test
  void verifierAcceptsWhatTheShapesScriptAnswers() throws Exception {
    for (Path file : files()) {
      addFunctions(file);
    }
    Files.write(work.resolve("calls"), calls);

    Python.Run run =
        Python.run(
            List.of(
                Python.testFile("templates/answer_calls.py"),
                work.toString(),
                work.resolve("calls").toString()));

    List<String> answers = run.output().lines().toList();
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(answers).hasSameSizeAs(cases).hasSizeGreaterThan(1000);
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      String verdict = verdict(cases.get(i), answers.get(i));
      if (!verdict.isEmpty()) {
        refused.add(verdict);
      }
    }
    String summary =
        String.format(
            "%d answers, %d shapes, %d refused, %d in another Python's grammar%n",
            answers.size(), shapes.size(), refused.size(), unparsable);
    Files.writeString(Path.of("target/scripts-and-verifier.txt"), summary);
    assertThat(unparsable).isLessThan(answers.size() / 100);
    assertThat(refused).as(summary).isEmpty();
  }

  private String verdict(Case one, String answer) {
    String where = one.file() + ":" + one.function().line() + ": ";
    if (answer.startsWith("! SyntaxError")) {
      unparsable++;
      return ""; // a file in another Python's grammar, which the scanner has no cause to refuse
    }
    if (answer.startsWith("!")) {
      return where + answer;
    }
    List<Insertion> insertions =
        Arrays.stream(answer.split(" ")).filter(s -> !s.isEmpty()).map(this::insertion).toList();
    Verdict verdict =
        pack.verifier()
            .verify(one.function(), one.code(), Telemetry.of(one.exceptions()), insertions);
    return verdict.isAccepted() ? "" : where + verdict;
  }

  private Insertion insertion(String pair) {
    int colon = pair.indexOf(':');
    String text = new String(Base64.getDecoder().decode(pair.substring(colon + 1)), UTF_8);
    return new Insertion(Integer.parseInt(pair.substring(0, colon)), text);
  }

  private void addFunctions(Path file) throws IOException {
    SourceText text;
    List<ScannedFunction> functions;
    try {
      text = pack.decode(Files.readAllBytes(file));
      functions = pack.scan(text.utf8()).functions();
    } catch (SourceRejectedException e) {
      return; // the scanner's own tests judge that
    }
    for (ScannedFunction function : functions) {
      if (function.skip() == null) {
        for (ExceptionPolicy exceptions : ExceptionPolicy.values()) {
          add(file, text, function, exceptions);
        }
      }
    }
  }

  private void add(Path file, SourceText text, ScannedFunction function, ExceptionPolicy exceptions)
      throws IOException {
    String code = text.slice(function.start(), function.end());
    FunctionTask task =
        new FunctionTask(
            function.start(),
            function.line(),
            function.qualifiedName(),
            function.classContext(),
            code);
    RunPolicy policy = new RunPolicy(exceptions, KeyKind.SHAPE, false);
    FunctionMetadata metadata = pack.describe(task, function, policy);
    String shape = metadata.shape().slug();
    if (shapes.add(shape)) {
      String script =
          templates.script(RenderedScripts.key(KeyKind.SHAPE), metadata, RenderedScripts.NOW);
      Files.writeString(work.resolve(shape + ".py"), script);
    }
    cases.add(new Case(file, function.relative(), code.getBytes(UTF_8), metadata.exceptions()));
    calls.add(
        String.join(
            "\t",
            shape,
            function.qualifiedName(),
            function.parameters().stream().map(Parameter::name).collect(joining(",")),
            metadata.exceptions().name().toLowerCase(Locale.ROOT),
            Base64.getEncoder().encodeToString(code.getBytes(UTF_8))));
  }

  private static List<Path> files() throws Exception {
    try (Stream<Path> found = Files.walk(Path.of(CORPUS.isEmpty() ? Python.library() : CORPUS))) {
      List<Path> all =
          found
              .filter(p -> p.toString().endsWith(".py") && Files.isRegularFile(p))
              .sorted()
              .toList();
      int step = CORPUS.isEmpty() ? Math.max(1, all.size() / SAMPLE) : 1;
      return Stream.iterate(0, i -> i < all.size(), i -> i + step).map(all::get).toList();
    }
  }
}
