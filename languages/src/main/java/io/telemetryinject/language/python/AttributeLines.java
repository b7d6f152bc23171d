package io.telemetryinject.language.python;

import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.RejectReason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges the lines of a function's head that record values of its parameters. */
final class AttributeLines {
  /** Attributes of one function at most. */
  static final int MAX = 16;

  static final String START = "_tel.attr(_tel_func, ";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.]{0,39}");
  private static final Pattern LINE =
      Pattern.compile("_tel\\.attr\\(_tel_func, '([^'\\\\\r\n]*+)', ([\\w&&[^\\d]]\\w*+)\\)");
  private static final Set<String> RECEIVERS = Set.of("self", "cls", "mcs", "metacls");

  private AttributeLines() {}

  /**
   * The verdict on lines that each must be an attribute, between a head's entry and the rest.
   *
   * @param lines each with its indentation and line break
   */
  static Verdict judge(String lines, String indent, String lineBreak, List<Parameter> parameters) {
    Set<String> seen = new HashSet<>();
    int count = 0;
    int at = 0;
    Matcher line = LINE.matcher(lines);
    while (at < lines.length()) {
      line.region(Math.min(lines.length(), at + indent.length()), lines.length());
      if (!lines.startsWith(indent, at)
          || !line.lookingAt()
          || !lines.startsWith(lineBreak, line.end())) {
        return Verdict.rejected(
            RejectReason.PRESERVATION, "something else than attributes behind the entry");
      }
      Verdict verdict = judge(line.group(1), line.group(2), parameters);
      if (!verdict.isAccepted()) {
        return verdict;
      }
      if (++count > MAX || !seen.add("'" + line.group(1)) || !seen.add(line.group(2))) {
        return Verdict.rejected(
            RejectReason.LITERAL, "more than " + MAX + " attributes, or one that is there twice");
      }
      at = line.end() + lineBreak.length();
    }
    return Verdict.accepted();
  }

  /** The verdict on one attribute. */
  static Verdict judge(String name, String parameter, List<Parameter> parameters) {
    if (!NAME.matcher(name).matches()) {
      return Verdict.rejected(
          RejectReason.LITERAL, "an attribute's name must match " + NAME.pattern());
    }
    if (parameters.stream().noneMatch(p -> p.name().equals(parameter))
        || RECEIVERS.contains(parameter)) {
      return Verdict.rejected(
          RejectReason.LITERAL,
          "attribute '" + name + "' must record a parameter of the function, not its receiver");
    }
    if (DeniedNames.contain(name) || DeniedNames.contain(parameter)) {
      return Verdict.rejected(
          RejectReason.PRIVACY,
          "attribute '" + name + "' would record what may be a secret or personal");
    }
    return Verdict.accepted();
  }
}
