package io.telemetryinject.kubernetes;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names as Kubernetes allows them. */
final class RunNames {
  /** A Job's name becomes a label's value and part of its pods' names. */
  private static final int LONGEST = 63;

  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

  /** Kubernetes' own alphabet for this: nothing that reads like a word or another sign. */
  private static final String SIGNS = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunNames() {}

  /**
   * Takes a name from the command line.
   *
   * @throws RunProblem when it cannot be a Job's name
   */
  static String checked(String name) throws RunProblem {
    if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
      throw new RunProblem(
          "no run can be called " + name,
          "Name it with at most 63 lower-case letters, digits and inner dashes.");
    }
    return name;
  }

  /** A new name that tells what is run, e.g. {@code shop-main-x7k2q}. */
  static String generate(RepositoryAddress repository, @Nullable String ref) {
    String words = repository.shortName() + (ref == null ? "" : "-" + ref);
    String clean = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String stem = trimmed(clean, LONGEST - SUFFIX - 1);
    StringBuilder name = new StringBuilder(stem.isEmpty() ? "run" : stem).append('-');
    for (int i = 0; i < SUFFIX; i++) {
      name.append(SIGNS.charAt(RANDOM.nextInt(SIGNS.length())));
    }
    return name.toString();
  }

  /** The label's value that is nearest to a text; empty when nothing of it may stand there. */
  static String labelValue(String text) {
    return trimmed(text.replaceAll("[^A-Za-z0-9._-]+", "-"), LONGEST);
  }

  private static String trimmed(String text, int longest) {
    String head = text.replaceAll("^[^A-Za-z0-9]+", "");
    return head.substring(0, Math.min(longest, head.length())).replaceAll("[^A-Za-z0-9]+$", "");
  }
}
