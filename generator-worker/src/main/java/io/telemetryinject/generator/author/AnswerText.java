package io.telemetryinject.generator.author;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's answer, read strictly: one fenced block of code.
 *
 * @param flaw what is wrong with it, {@link Flaw#NONE} when the code can be taken
 * @param code content of the only block; empty when there is a flaw
 */
record AnswerText(Flaw flaw, String code) {
  private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})\\s*([\\w+-]*)\\s*");

  /** Why an answer holds no file that can be taken. */
  enum Flaw {
    NONE(""),
    EMPTY("it was empty"),
    PROSE("it held no fenced block of code"),
    SEVERAL("it held several fenced blocks of code, and only one file is asked for"),
    UNCLOSED("it broke off before the end of the code"),
    REFUSED("it declined the task");

    private final String phrase;

    Flaw(String phrase) {
      this.phrase = phrase;
    }

    /** What a message calls it, behind "the answer:". */
    String phrase() {
      return phrase;
    }
  }

  static AnswerText of(String text) {
    if (text.isBlank()) {
      return new AnswerText(Flaw.EMPTY, "");
    }
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    String fence = "";
    for (String line : text.split("\r?\n", -1)) {
      Matcher matcher = FENCE.matcher(line);
      if (fence.isEmpty() && matcher.matches()) {
        fence = matcher.group(1);
        block.setLength(0);
      } else if (!fence.isEmpty() && line.strip().equals(fence)) {
        fence = "";
        blocks.add(block.toString());
      } else if (!fence.isEmpty()) {
        block.append(line).append('\n');
      }
    }
    if (!fence.isEmpty()) {
      return new AnswerText(Flaw.UNCLOSED, "");
    }
    if (blocks.isEmpty()) {
      return new AnswerText(Flaw.PROSE, "");
    }
    return blocks.size() > 1
        ? new AnswerText(Flaw.SEVERAL, "")
        : new AnswerText(blocks.get(0).isBlank() ? Flaw.EMPTY : Flaw.NONE, blocks.get(0));
  }
}
