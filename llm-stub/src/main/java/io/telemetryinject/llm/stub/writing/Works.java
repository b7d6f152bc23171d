package io.telemetryinject.llm.stub.writing;

import io.telemetryinject.language.ScriptTemplates;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.model.Shape;
import java.time.Instant;
import java.util.List;

/** Tests and scripts that are right; they come from the templates. */
final class Works {
  private static final ScriptTemplates TEMPLATES = new PythonPack().templates();

  private Works() {}

  static String tests(List<String> traits) {
    return TEMPLATES.tests(key(KeyKind.SHAPE, traits), example(traits), Instant.EPOCH);
  }

  /** A script that serves every shape. */
  static String generalScript() {
    List<String> traits = List.of("function", "returns-none");
    return TEMPLATES.script(key(KeyKind.SIGNATURE, traits), example(traits), Instant.EPOCH);
  }

  /** A script that refuses functions of other shapes, as far as their text tells the shape. */
  static String scriptForOnly(List<String> traits) {
    String guard =
        "    if traits_of(function, lines) != "
            + python(visible(traits))
            + ":\n        raise ValueError(\"a function of another shape\")\n";
    return generalScript()
        .replace("    newline = ", guard + "    newline = ")
        .replace("def parse(source_code):", TRAITS_OF + "\n\ndef parse(source_code):");
  }

  /** The script with an {@code insertions} that does what it likes with the right edits. */
  static String twisted(String script, String body) {
    return script
        .replace("def insertions(", "def genuine(")
        .replace(
            "def insert_telemetry(",
            "def insertions(source_code, context):\n"
                + "    \"\"\"Return what to insert.\"\"\"\n"
                + "    edits = genuine(source_code, context)\n    "
                + body
                + "\n\n\ndef insert_telemetry(");
  }

  /** Those words of a shape that can be told from a function's text without its surroundings. */
  static List<String> visible(List<String> traits) {
    return traits.stream()
        .filter(t -> !t.equals("strings") && !t.equals("no-capture") && !t.equals("tabs"))
        .map(t -> t.equals("method") ? "function" : t)
        .toList();
  }

  private static final String TRAITS_OF =
      """
      def traits_of(function, lines):
          \"""Return the words of a function's shape.\"""
          yields = any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in own_nodes(function))
          plain = "generator" if yields else "function"
          found = ["coroutine" if isinstance(function, ast.AsyncFunctionDef) else plain]
          if function.decorator_list:
              found.append("decorated")
          documented = has_docstring(function)
          if documented:
              found.append("docstring")
          if not starts_line(function.body[1 if documented else 0], lines):
              found.append("one-line")
          returned = {statement.value is None for statement in own_returns(function.body)}
          if len(returned) == 2:
              found.append("returns-mixed")
          elif returned:
              found.append("returns-bare" if True in returned else "returns-value")
          else:
              found.append("returns-none")
          if falls_through(function.body[-1]):
              found.append("falls-through")
          return found


      def own_nodes(function):
          \"""Return the nodes of a body, without those of functions and classes in it.\"""
          found, waiting = [], list(function.body)
          scopes = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
          while waiting:
              node = waiting.pop()
              found.append(node)
              if not isinstance(node, scopes):
                  waiting += ast.iter_child_nodes(node)
          return found
      """;

  private static String python(List<String> words) {
    return "[\"" + String.join("\", \"", words) + "\"]";
  }

  private static ScriptKey key(KeyKind kind, List<String> traits) {
    String slug = String.join("-", traits);
    return new ScriptKey(Language.PYTHON, kind, slug, Sha256.of(slug));
  }

  private static FunctionMetadata example(List<String> traits) {
    return new FunctionMetadata(
        new FunctionTask(0, 1, "total", null, "def total(a):\n    pass"),
        "total",
        List.of(new Parameter("a", null)),
        null,
        Language.PYTHON,
        ExceptionPolicy.CAPTURE,
        new Shape(Language.PYTHON, traits),
        Sha256.of("total"));
  }
}
