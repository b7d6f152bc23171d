package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkSha256;
import static io.telemetryinject.model.Checks.copy;
import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What static analysis says of one task: the input of script generation and execution.
 *
 * @param exceptions the policy that holds for this function: {@code IGNORE} also where the run
 *     captures but the language's block limit or the file's indentation forbids it
 * @param signatureHash SHA-256 over name, parameters with types, return type and language
 */
public record FunctionMetadata(
    FunctionTask task,
    String name,
    List<Parameter> parameters,
    @Nullable String returnType,
    Language language,
    ExceptionPolicy exceptions,
    Shape shape,
    String signatureHash) {
  public FunctionMetadata {
    requireNonNull(task, "task is missing");
    requireNonNull(name, "name is missing");
    parameters = copy(parameters, "parameters");
    requireNonNull(language, "language is missing");
    requireNonNull(exceptions, "exceptions is missing");
    requireNonNull(shape, "shape is missing");
    checkSha256(signatureHash, "signature hash");
  }
}
