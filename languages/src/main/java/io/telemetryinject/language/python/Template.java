package io.telemetryinject.language.python;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Set;

/**
 * Text with parts that are there or not: lines {@code #: if FACTS}, {@code #: elif FACTS}, {@code
 * #: else} and {@code #: end} choose among the lines between them, {@code ${name}} takes a value.
 *
 * <p>FACTS are words joined by {@code or}, {@code and}, {@code not}, binding in that order, loosest
 * first.
 */
record Template(String text) {
  private static final String MARK = "#: ";

  /**
   * One {@code if} that is open: whether its current branch counts, and whether one has counted.
   */
  private record Branch(boolean taken, boolean done) {}

  String render(Set<String> facts, Map<String, String> values) {
    StringBuilder out = new StringBuilder(text.length());
    Deque<Branch> open = new ArrayDeque<>();
    for (String line : text.split("(?<=\n)")) {
      String bare = line.strip();
      if (bare.startsWith(MARK)) {
        follow(bare.substring(MARK.length()), facts, open);
      } else if (open.stream().allMatch(Branch::taken)) {
        out.append(line);
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalStateException("a template's #: if has no #: end");
    }
    String rendered = out.toString();
    for (Map.Entry<String, String> value : values.entrySet()) {
      rendered = rendered.replace("${" + value.getKey() + "}", value.getValue());
    }
    return rendered;
  }

  private static void follow(String directive, Set<String> facts, Deque<Branch> open) {
    if (directive.startsWith("if ")) {
      boolean holds = holds(directive.substring(3), facts);
      open.push(new Branch(holds, holds));
    } else if (directive.startsWith("elif ")) {
      Branch before = open.pop();
      boolean holds = !before.done() && holds(directive.substring(5), facts);
      open.push(new Branch(holds, before.done() || holds));
    } else if (directive.equals("else")) {
      open.push(new Branch(!open.pop().done(), true));
    } else if (directive.equals("end")) {
      open.pop();
    } else {
      throw new IllegalStateException("not a template directive: " + directive);
    }
  }

  private static boolean holds(String condition, Set<String> facts) {
    return Arrays.stream(condition.split(" or "))
        .anyMatch(
            all ->
                Arrays.stream(all.split(" and "))
                    .allMatch(
                        term ->
                            term.startsWith("not ")
                                ? !facts.contains(term.substring(4))
                                : facts.contains(term)));
  }
}
