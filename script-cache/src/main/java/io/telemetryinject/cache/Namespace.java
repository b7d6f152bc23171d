package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A part of a cache for those who are not trusted with all of it, e.g. the runs of a pull request.
 * What is written there is signed for there, so that a copy in any other place is refused.
 *
 * @param name lower-case letters, digits and hyphens; empty for the trusted part
 */
public record Namespace(String name) {
  private static final String DIRECTORY = "untrusted";
  private static final Pattern NAME = Pattern.compile("|[a-z0-9][a-z0-9-]{0,62}");

  /** What everybody reads. */
  public static final Namespace TRUSTED = new Namespace("");

  public Namespace {
    requireNonNull(name, "name is null");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not a namespace: " + name + "; use up to 63 lower-case letters, digits and hyphens");
    }
  }

  public boolean isTrusted() {
    return name.isEmpty();
  }

  /** Where it lies in a cache: a cache of its own, with the same layout. */
  public String directory() {
    return isTrusted() ? "" : DIRECTORY + "/" + name;
  }

  byte[] qualify(byte[] statement) {
    return isTrusted()
        ? statement
        : new Statement("telemetry-inject namespace").add(name).add(statement).bytes();
  }
}
