package io.telemetryinject.language.python;

/** The kinds of insertion that Python telemetry consists of. */
enum PythonForm {
  /** What puts a docstring on a line of its own that stands on the header's with more behind it. */
  BREAK("a line break before the docstring"),
  /** The entry line, and the {@code try:} line where exceptions are captured. */
  HEAD("the entry"),
  /** One level of indentation at a line start. */
  UNIT("one unit of indentation"),
  /** What stands between {@code return} and its value. */
  OPENER("the opener of a return"),
  /** What stands behind a return's value. */
  CLOSER("the closer of a return"),
  /** The exit before a return without value. */
  BARE_EXIT("the exit before a bare return"),
  /** The exit of the fall-through, and the handler where exceptions are captured. */
  TAIL("the lines behind the body");

  private final String phrase;

  PythonForm(String phrase) {
    this.phrase = phrase;
  }

  /** What messages call it. */
  String phrase() {
    return phrase;
  }
}
