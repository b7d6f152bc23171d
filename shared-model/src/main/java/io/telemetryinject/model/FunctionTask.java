package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkArgument;
import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One function to instrument: the unit of work.
 *
 * @param start offset of the function's first byte, in the UTF-8 form of its file, 0-based
 * @param line line of the {@code def}, 1-based
 * @param qualifiedName as the language's runtime names it, e.g. {@code Outer.<locals>.inner}
 * @param classContext qualified name of the class whose body holds the function, or null
 * @param code the function's text exactly as in its file, from the start of its first line
 */
public record FunctionTask(
    int start, int line, String qualifiedName, @Nullable String classContext, String code) {
  public FunctionTask {
    checkArgument(start >= 0, "start is negative: %s", start);
    checkArgument(line >= 1, "line is not positive: %s", line);
    requireNonNull(qualifiedName, "qualifiedName is missing");
    requireNonNull(code, "code is missing");
  }
}
