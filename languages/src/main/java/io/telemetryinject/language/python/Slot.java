package io.telemetryinject.language.python;

/**
 * A place that telemetry must fill.
 *
 * @param offset in UTF-8 bytes from the function's first byte
 * @param form what must stand there
 * @param spaced whether the text starts with a blank that keeps {@code return} a word
 */
record Slot(int offset, PythonForm form, boolean spaced) {
  Slot(int offset, PythonForm form) {
    this(offset, form, false);
  }
}
