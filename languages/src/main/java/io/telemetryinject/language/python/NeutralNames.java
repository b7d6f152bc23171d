package io.telemetryinject.language.python;

import io.telemetryinject.model.Sha256;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names as a language model may see them: what is too long to be a mere name, or not ASCII, stands
 * as a digest, the same one wherever the name occurs.
 */
final class NeutralNames {
  private static final int MAX_LENGTH = 40;
  private static final int MAX_WORDS = 4;
  private static final int KEPT = 16;
  private static final int DIGEST = 8;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+");

  private NeutralNames() {}

  /** A qualified name, part by part; {@code <locals>} stays. */
  static String ofQualified(String name) {
    StringBuilder neutral = new StringBuilder(name.length());
    for (String part : name.split("\\.", -1)) {
      neutral.append(neutral.isEmpty() ? "" : ".");
      neutral.append(part.equals("<locals>") ? part : of(part));
    }
    return neutral.toString();
  }

  /** One name, as Python normalises it. */
  static String of(String name) {
    boolean plain = NAME.matcher(name).matches();
    if (plain && name.length() <= MAX_LENGTH && words(name) <= MAX_WORDS) {
      return name;
    }
    String start = plain ? underscores(name) + firstWord(name) : "name";
    return start + "_" + letters(Sha256.of(name).substring(0, DIGEST));
  }

  /** Hex as letters alone, so that a digest is one word. */
  private static String letters(String hex) {
    StringBuilder letters = new StringBuilder(hex.length());
    hex.chars().forEach(c -> letters.append((char) ('a' + Character.digit(c, 16))));
    return letters.toString();
  }

  /** Of leading underscores as many as change what a name means. */
  private static String underscores(String name) {
    return name.startsWith("__") ? "__" : name.startsWith("_") ? "_" : "";
  }

  private static String firstWord(String name) {
    Matcher words = WORD.matcher(name);
    if (!words.find() || Character.isDigit(words.group().charAt(0))) {
      return "name";
    }
    return words.group().length() > KEPT ? words.group().substring(0, KEPT) : words.group();
  }

  private static int words(String name) {
    Matcher words = WORD.matcher(name);
    int count = 0;
    while (words.find()) {
      count++;
    }
    return count;
  }
}
