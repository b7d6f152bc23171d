package io.telemetryinject.language.python;

import static java.util.stream.Collectors.joining;

import io.telemetryinject.language.ScriptTemplates;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.ScriptKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Python insertion scripts: for a shape, one that relies on the shape's traits; for a signature,
 * one that handles every shape.
 */
final class PythonTemplates implements ScriptTemplates {
  private static final String SHAPE_PARAMETERS = "größe, /, part=(1, 2), *rest, key: int=3, **more";
  private static final List<String> SHAPE_NAMES = List.of("größe", "part", "rest", "key", "more");

  private final Template script = new Template(Resources.text("insertion_script.py.template"));
  private final Template tests = new Template(Resources.text("insertion_tests.py.template"));
  private final List<String> cornerCases = CornerCases.forEveryPython();
  private final String lessonsVersion = Lessons.version();

  @Override
  public String tests(ScriptKey key, FunctionMetadata example, Instant now) {
    Set<String> facts = facts(key, example);
    Map<String, String> values =
        Map.of(
            "header", header(key, example, now),
            "samples", samples(key, example).stream().map(PythonLiteral::of).collect(joining("\n")),
            "exceptions", facts.contains("capture") ? "capture" : "ignore");
    return tests.render(facts, values);
  }

  @Override
  public String script(ScriptKey key, FunctionMetadata example, Instant now) {
    return script.render(facts(key, example), Map.of("header", header(key, example, now)));
  }

  @Override
  public List<String> lessons() {
    return Lessons.NAMES;
  }

  @Override
  public String lesson(String name) {
    return Lessons.text(name);
  }

  @Override
  public String lessonsVersion() {
    return lessonsVersion;
  }

  @Override
  public List<String> cornerCases() {
    return cornerCases;
  }

  /** What the templates' conditions ask for: a shape's traits, or {@code general}. */
  private static Set<String> facts(ScriptKey key, FunctionMetadata example) {
    if (key.kind() == KeyKind.SIGNATURE) {
      return Set.of("general", "capture");
    }
    Set<String> facts = new LinkedHashSet<>(example.shape().traits());
    if (!facts.contains("no-capture")) {
      facts.add("capture");
    }
    return facts;
  }

  private static List<SampleFunction> samples(ScriptKey key, FunctionMetadata example) {
    List<String> traits = example.shape().traits();
    if (key.kind() == KeyKind.SHAPE) {
      return List.of(shapeSample(traits));
    }
    List<String> parameters = example.parameters().stream().map(Parameter::name).toList();
    String name = example.name();
    SampleFunction own =
        SampleFunction.of(
            Set.copyOf(traits),
            name,
            example.task().qualifiedName(),
            String.join(", ", parameters),
            parameters);
    return List.of(
        own,
        shapeSample(List.of("function", "returns-none")),
        shapeSample(List.of("method", "decorated", "docstring", "returns-mixed", "strings")),
        shapeSample(List.of("generator", "tabs", "returns-bare", "falls-through")),
        shapeSample(List.of("coroutine", "docstring", "one-line", "returns-value")));
  }

  private static SampleFunction shapeSample(List<String> traits) {
    List<String> names = new ArrayList<>(SHAPE_NAMES);
    String header = SHAPE_PARAMETERS;
    if (traits.contains("method")) {
      names.add(0, "self");
      header = "self, " + header;
    }
    return SampleFunction.of(Set.copyOf(traits), "total", "Order.<locals>.total", header, names);
  }

  private static String header(ScriptKey key, FunctionMetadata example, Instant now) {
    String subject =
        key.kind() == KeyKind.SHAPE
            ? field("Shape", String.join(", ", example.shape().traits()))
            : field(
                "Function",
                example.name()
                    + "("
                    + example.parameters().stream().map(Parameter::name).collect(joining(", "))
                    + ")");
    return subject
        + field("Key", key.digest())
        + field("Generator", "template")
        + field("Time", now.toString())
        + field("Lessons", String.join(", ", Lessons.NAMES)).stripTrailing();
  }

  /** One line of the header, and more where its text is long. */
  private static String field(String name, String text) {
    StringBuilder out = new StringBuilder();
    int width = 0;
    for (String word : text.split(" ")) {
      if (width == 0 || width + word.length() > 80) {
        out.append(out.isEmpty() ? String.format("%-12s", name + ":") : "\n" + " ".repeat(12));
        width = 12;
      } else {
        out.append(' ');
      }
      out.append(word);
      width += word.length() + 1;
    }
    return out.append('\n').toString();
  }
}
