package io.telemetryinject.language;

import java.util.List;

/**
 * What a scanner finds in one file.
 *
 * @param functions in order of {@code start}; enclosing functions come before those they hold
 * @param imports the module's import statements, as text
 * @param importLine offset where the telemetry import goes: the start of the line of the first
 *     statement that is neither docstring nor {@code __future__} import; the statement itself where
 *     it shares its line with one of those; the end of the last one's line where nothing follows
 * @param instrumented whether the file imports our telemetry already
 */
public record SourceScan(
    List<ScannedFunction> functions, List<String> imports, int importLine, boolean instrumented) {
  public SourceScan {
    functions = List.copyOf(functions);
    imports = List.copyOf(imports);
  }
}
