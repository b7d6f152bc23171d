package io.telemetryinject.language.python;

import io.telemetryinject.language.FunctionBody;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.RejectReason;
import java.util.List;

/** The texts of one function's telemetry: every byte that a script may insert into it. */
final class PythonForms {
  static final String IMPORT = "from _telemetry_utils import tel as _tel";
  static final String OPENER = "_tel.func_exit(_tel_func, (";
  static final String CLOSER = "))";
  static final String EXIT = "_tel.func_exit(_tel_func, None)";
  static final String BARE_EXIT = EXIT + "; ";
  static final String TRY = "try:";
  static final String EXCEPT = "except BaseException as _tel_exc:";
  static final String ERROR = "_tel.func_error(_tel_func, _tel_exc)";
  static final String RAISE = "raise";

  private final ScannedFunction function;
  private final FunctionBody body;
  private final String name;
  private final String parameters;
  private final boolean captures;
  private final boolean attributes;

  PythonForms(ScannedFunction function, Telemetry telemetry) {
    this.function = function;
    body = function.body();
    name = function.qualifiedName();
    parameters = joined(function.parameters());
    captures = telemetry.exceptions() == ExceptionPolicy.CAPTURE;
    attributes = telemetry.attributes();
  }

  boolean captures() {
    return captures;
  }

  /** Whether the literals mean between single quotes what they mean outside. */
  boolean quotable() {
    return quotable(name) && quotable(parameters);
  }

  static String entry(String name, String parameters) {
    return "_tel_func = _tel.func_entry('" + name + "', '" + parameters + "')";
  }

  String head(String lineBreak) {
    return head(lineBreak, entry(name, parameters));
  }

  /** The head with another entry in it, for telling a wrong literal from wrong text. */
  String head(String lineBreak, String entry) {
    return beforeAttributes(lineBreak, entry) + behindAttributes(lineBreak);
  }

  private String beforeAttributes(String lineBreak, String entry) {
    return (body.ownLine() ? "" : lineBreak) + body.indent() + entry + lineBreak;
  }

  private String behindAttributes(String lineBreak) {
    String indent = body.indent();
    String lines = captures ? indent + TRY + lineBreak : "";
    return body.ownLine() ? lines : lines + indent + (captures ? body.unit() : "");
  }

  /** What stands behind the last line of attributes. */
  String headEnding(String lineBreak) {
    return behindAttributes(lineBreak);
  }

  /** What moves a docstring on the header's line to a line of its own. */
  String docstringBreak(String lineBreak) {
    return lineBreak + body.indent();
  }

  String unit() {
    return body.unit();
  }

  /** Whether a text is the function's own head with something between the entry and the rest. */
  boolean holdsAttributes(String text) {
    String lineBreak = lineBreakOf(text);
    String before = beforeAttributes(lineBreak, entry(name, parameters));
    String behind = behindAttributes(lineBreak);
    return text.length() > before.length() + behind.length()
        && text.startsWith(before)
        && text.endsWith(behind);
  }

  /** The verdict on what such a head holds. */
  Verdict judgeAttributes(String text) {
    if (!attributes) {
      return Verdict.rejected(
          RejectReason.PRESERVATION, "attributes, or something else, where none is asked for");
    }
    String lineBreak = lineBreakOf(text);
    int from = beforeAttributes(lineBreak, entry(name, parameters)).length();
    int to = text.length() - behindAttributes(lineBreak).length();
    return AttributeLines.judge(
        text.substring(from, to), body.indent(), lineBreak, function.parameters());
  }

  /** Attribute lines in a text that fills the head. */
  int attributesIn(String head) {
    int count = 0;
    for (int at = head.indexOf(AttributeLines.START);
        attributes && at >= 0;
        at = head.indexOf(AttributeLines.START, at + 1)) {
      count++;
    }
    return count;
  }

  private boolean isHead(String text) {
    return text.equals(head(lineBreakOf(text)))
        || attributes && holdsAttributes(text) && judgeAttributes(text).isAccepted();
  }

  /** What follows the body; empty when nothing must. */
  String tail(String lineBreak) {
    String outer = lineBreak + body.indent();
    String inner = outer + body.unit();
    String exit = body.fallsThrough() ? (captures ? inner : outer) + EXIT : "";
    return captures ? exit + outer + EXCEPT + inner + ERROR + inner + RAISE : exit;
  }

  boolean exitsAtTheEnd() {
    return body.fallsThrough();
  }

  boolean hasTail() {
    return captures || body.fallsThrough();
  }

  /** Whether a text is what a slot asks for, in any one of Python's line breaks. */
  boolean fill(Slot slot, String text) {
    return switch (slot.form()) {
      case BREAK -> text.equals(docstringBreak(lineBreakOf(text)));
      case HEAD -> isHead(text);
      case UNIT -> text.equals(body.unit());
      case OPENER ->
          slot.spaced()
              ? text.startsWith(" ")
                  && text.length() == OPENER.length() + 1
                  && text.endsWith(OPENER)
              : text.equals(OPENER);
      case CLOSER -> text.equals(CLOSER);
      case BARE_EXIT -> text.equals(BARE_EXIT);
      case TAIL -> text.equals(tail(lineBreakOf(text)));
    };
  }

  /** The first line break of a text, or a line feed when it has none. */
  static String lineBreakOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return "\n";
      }
      if (c == '\r') {
        return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "\r\n" : "\r";
      }
    }
    return "\n";
  }

  private static String joined(List<Parameter> parameters) {
    StringBuilder names = new StringBuilder();
    for (Parameter parameter : parameters) {
      names.append(names.isEmpty() ? "" : ", ").append(parameter.name());
    }
    return names.toString();
  }

  private static boolean quotable(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      boolean alone = Character.isSurrogate(c) && !pairs(literal, i);
      if (c < ' ' || c == '\'' || c == '\\' || c == 0x7f || alone) {
        return false;
      }
    }
    return true;
  }

  private static boolean pairs(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
