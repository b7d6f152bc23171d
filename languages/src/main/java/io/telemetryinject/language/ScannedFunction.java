package io.telemetryinject.language;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.SkipReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One function as a scanner sees it. Offsets are UTF-8 bytes from the start of the scanned text.
 *
 * @param qualifiedName as the runtime names it, e.g. {@code Outer.<locals>.inner}
 * @param classContext qualified name of the class whose body holds the function directly, or null
 * @param enclosing index of the innermost enclosing function in {@link SourceScan#functions()}, or
 *     -1
 * @param start of the line of the first decorator, or of the header
 * @param end behind the last body line, its comment included, its line break not
 * @param line of the {@code def}, 1-based
 * @param parameters in order, without stars
 * @param returnType annotation as written, or null
 * @param decorators their text behind the {@code @}, e.g. {@code app.route("/")}
 * @param skip why rule leaves this function alone, or null
 */
public record ScannedFunction(
    String name,
    String qualifiedName,
    @Nullable String classContext,
    int enclosing,
    FunctionKind kind,
    int start,
    int end,
    int line,
    List<Parameter> parameters,
    @Nullable String returnType,
    List<String> decorators,
    FunctionBody body,
    Instrumentation instrumentation,
    @Nullable SkipReason skip) {
  public ScannedFunction {
    requireNonNull(name, "name is null");
    requireNonNull(qualifiedName, "qualifiedName is null");
    parameters = List.copyOf(parameters);
    decorators = List.copyOf(decorators);
  }

  /** This function with its offsets counted from its own first byte, as its script sees it. */
  public ScannedFunction relative() {
    return new ScannedFunction(
        name,
        qualifiedName,
        classContext,
        enclosing,
        kind,
        0,
        end - start,
        line,
        parameters,
        returnType,
        decorators,
        body.minus(start),
        instrumentation,
        skip);
  }
}
