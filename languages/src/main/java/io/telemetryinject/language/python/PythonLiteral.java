package io.telemetryinject.language.python;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** Values as Python source writes them. */
final class PythonLiteral {
  private PythonLiteral() {}

  static String of(SampleFunction sample) {
    return "    {\n"
        + field("function", string(sample.name()))
        + field("qualified_name", string(sample.qualifiedName()))
        + field(
            "parameters",
            sample.parameters().stream()
                .map(PythonLiteral::string)
                .collect(joining(", ", "[", "]")))
        + field("source", text(sample.source()))
        + field("capture", text(sample.capture()))
        + field("ignore", text(sample.ignore()))
        + "    },";
  }

  private static String field(String name, String value) {
    return "        \"" + name + "\": " + value + ",\n";
  }

  /** A text of several lines: a line of source for each of its lines. */
  private static String text(String value) {
    return Arrays.stream(value.split("(?<=\n)"))
        .map(line -> "            " + string(line) + "\n")
        .collect(joining("", "(\n", "        )"));
  }

  static String string(String value) {
    return "\""
        + value
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + "\"";
  }
}
