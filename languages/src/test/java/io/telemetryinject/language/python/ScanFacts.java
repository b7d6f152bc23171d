package io.telemetryinject.language.python;

import io.telemetryinject.language.FunctionBody;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.SkipReason;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** States a scan as the lines of text that {@code ast_judge.py} reads. */
final class ScanFacts {
  /** Those that the judge can tell from a function's tree alone. */
  private static final Set<SkipReason> JUDGED =
      Set.of(SkipReason.OVERLOAD, SkipReason.ABSTRACT, SkipReason.STUB, SkipReason.FINALIZER);

  private ScanFacts() {}

  static String of(SourceScan scan) {
    StringBuilder facts = new StringBuilder("M\t" + scan.importLine() + "\n");
    for (ScannedFunction function : scan.functions()) {
      facts.append(of(function)).append('\n');
    }
    return facts.toString();
  }

  private static String of(ScannedFunction function) {
    FunctionBody body = function.body();
    return "D"
        + field("start", function.start())
        + field("end", function.end())
        + field("line", function.line())
        + field("name", function.name())
        + field("qualname", function.qualifiedName())
        + field("class", orEmpty(function.classContext()))
        + field("enclosing", function.enclosing())
        + field("kind", function.kind())
        + field("parameters", join(function.parameters(), Parameter::name, ","))
        + field("types", join(function.parameters(), p -> escape(orEmpty(p.type())), "\u000b"))
        + field("returntype", escape(orEmpty(function.returnType())))
        + field("decorators", join(function.decorators(), ScanFacts::escape, "\u000b"))
        + field("body", body.start())
        + field(
            "docstring",
            body.docstring() == null ? "" : body.docstring().start() + "-" + body.docstring().end())
        + field("first", body.firstStatement())
        + field("ownline", body.ownLine())
        + field("firstline", body.firstLine())
        + field("last", body.end())
        + field("tail", body.tail())
        + field("falls", body.fallsThrough())
        + field(
            "returns",
            join(body.returns(), r -> r.keyword() + "-" + r.end() + (r.bare() ? "b" : ""), ","))
        + field("lines", join(body.lines(), String::valueOf, ","))
        + field("spans", body.spansStrings())
        + field(
            "rule",
            function.skip() != null && JUDGED.contains(function.skip()) ? function.skip() : "");
  }

  private static String field(String name, Object value) {
    return "\t" + name + "=" + value;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static <T> String join(
      List<T> items, java.util.function.Function<T, String> text, String separator) {
    return items.stream().map(text).collect(Collectors.joining(separator));
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }
}
