package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkArgument;
import static io.telemetryinject.model.Checks.checkSha256;
import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Identity of an insertion script: everything that may change what a correct script inserts, and
 * nothing else.
 *
 * @param slug what people call it: the shape's traits, or the function's name; follows from the
 *     digest's input
 * @param digest SHA-256 in hex, made by {@link ScriptKeys}
 */
public record ScriptKey(Language language, KeyKind kind, String slug, String digest) {
  private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  public ScriptKey {
    requireNonNull(language, "language is missing");
    requireNonNull(kind, "kind is missing");
    checkSha256(digest, "script key");
    checkArgument(SLUG.matcher(slug).matches(), "not a slug: %s", slug);
  }

  /** First 12 hex digits, as file names and people use it; never compare by this. */
  public String shortForm() {
    return digest.substring(0, 12);
  }

  /** {@code <slug>_<key12>}: the base name of everything the cache holds under this key. */
  public String baseName() {
    return slug + "_" + shortForm();
  }
}
