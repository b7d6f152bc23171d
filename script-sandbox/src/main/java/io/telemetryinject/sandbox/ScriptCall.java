package io.telemetryinject.sandbox;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ExceptionPolicy;
import java.util.List;

/**
 * One script to run on one function.
 *
 * @param script the script's text
 * @param scriptDigest SHA-256 of the script's text, in hex: what the sandbox remembers it by
 */
public record ScriptCall(
    String script,
    String scriptDigest,
    String sourceCode,
    String qualifiedName,
    List<String> parameters,
    ExceptionPolicy exceptions) {
  public ScriptCall {
    requireNonNull(script, "script is null");
    requireNonNull(scriptDigest, "scriptDigest is null");
    requireNonNull(sourceCode, "sourceCode is null");
    requireNonNull(qualifiedName, "qualifiedName is null");
    parameters = List.copyOf(parameters);
    requireNonNull(exceptions, "exceptions is null");
  }
}
