package io.telemetryinject.language.python;

import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the templates give for every combination of traits that changes a script. */
final class RenderedScripts {
  static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");
  private static final List<List<String>> CHOICES =
      List.of(
          List.of("", "docstring"),
          List.of("", "one-line"),
          List.of("", "tabs"),
          List.of("returns-none", "returns-bare", "returns-value", "returns-mixed"),
          List.of("", "falls-through"),
          List.of("", "strings"),
          List.of("", "no-capture"));

  private RenderedScripts() {}

  /** The traits beside the function's kind, which changes a script's tests, never the script. */
  static List<List<String>> traits() {
    List<List<String>> combined = List.of(List.of());
    for (List<String> choice : CHOICES) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> before : combined) {
        for (String trait : choice) {
          List<String> traits = new ArrayList<>(before);
          if (!trait.isEmpty()) {
            traits.add(trait);
          }
          longer.add(traits);
        }
      }
      combined = longer;
    }
    return combined;
  }

  /** Writes {@code NAME.py} and {@code test_NAME.py} for the general script and every shape. */
  static void writeAll(Path directory) throws IOException {
    write(directory, "general", KeyKind.SIGNATURE, List.of("function", "returns-value"));
    List<String> kinds = List.of("function", "method", "generator", "coroutine");
    int turn = 0;
    for (List<String> traits : traits()) {
      List<String> shape = new ArrayList<>(List.of(kinds.get(turn++ % kinds.size())));
      if (turn % 3 == 0) {
        shape.add("decorated");
      }
      shape.addAll(traits);
      write(directory, String.join("-", traits), KeyKind.SHAPE, shape);
    }
  }

  private static void write(Path directory, String name, KeyKind kind, List<String> shape)
      throws IOException {
    PythonTemplates templates = new PythonTemplates();
    ScriptKey key = key(kind);
    FunctionMetadata example = example(shape);
    Files.writeString(directory.resolve(name + ".py"), templates.script(key, example, NOW));
    Files.writeString(
        directory.resolve("test_" + name + ".py"), templates.tests(key, example, NOW));
  }

  static ScriptKey key(KeyKind kind) {
    return new ScriptKey(Language.PYTHON, kind, "any", "0123456789abcdef".repeat(4));
  }

  static FunctionMetadata example(List<String> traits) {
    String code = "def price(article, amount): return article.price * amount";
    return new FunctionMetadata(
        new FunctionTask(0, 1, "Shop.price", "Shop", code),
        "price",
        List.of(new Parameter("article", null), new Parameter("amount", "int")),
        null,
        Language.PYTHON,
        ExceptionPolicy.CAPTURE,
        new Shape(Language.PYTHON, traits),
        "f".repeat(64));
  }
}
