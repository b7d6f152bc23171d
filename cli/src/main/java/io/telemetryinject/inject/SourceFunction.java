package io.telemetryinject.inject;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.Language;

/**
 * One function to instrument on its own.
 *
 * @param qualifiedName as the language's runtime names it, e.g. {@code Outer.<locals>.inner}
 * @param code the function's text, from the start of its first decorator's or header's line to the
 *     end of its last
 */
public record SourceFunction(Language language, String qualifiedName, String code) {
  public SourceFunction {
    requireNonNull(language, "language is null");
    requireNonNull(qualifiedName, "qualifiedName is null");
    requireNonNull(code, "code is null");
  }

  /** A Python function. */
  public static SourceFunction python(String qualifiedName, String code) {
    return new SourceFunction(Language.PYTHON, qualifiedName, code);
  }
}
