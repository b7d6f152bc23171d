package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkArgument;
import static io.telemetryinject.model.Checks.copy;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What matters about a function for inserting telemetry into it, and nothing else.
 *
 * @param traits words in the language pack's fixed order, e.g. {@code [function, docstring,
 *     returns-value]}; equal traits mean that one script serves both functions
 */
public record Shape(Language language, List<String> traits) {
  private static final Pattern TRAIT = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  public Shape {
    requireNonNull(language, "language is missing");
    traits = copy(traits, "traits");
    checkArgument(!traits.isEmpty(), "a shape needs at least one trait");
    for (String trait : traits) {
      checkArgument(TRAIT.matcher(trait).matches(), "not a trait: %s", trait);
    }
  }

  /** The traits in one word, for file names and people. */
  public String slug() {
    return String.join("-", traits);
  }
}
