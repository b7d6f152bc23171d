package io.telemetryinject.language.python;

import io.telemetryinject.language.SourceScan;

/** The one import that a file's telemetry needs. */
final class TelemetryImport {
  private TelemetryImport() {}

  /**
   * The import on a line of its own, also where the scanner's offset is the end of a text without a
   * final line break.
   */
  static Placed place(byte[] utf8, SourceScan scan) {
    int offset = scan.importLine();
    String lineBreak = firstLineBreak(utf8);
    String line = PythonForms.IMPORT + lineBreak;
    return startsLine(utf8, offset)
        ? new Placed(offset, Rank.LINES_BEFORE, -1, line)
        : new Placed(offset, Rank.LINES_AFTER, 1, lineBreak + line);
  }

  private static boolean startsLine(byte[] utf8, int offset) {
    return offset == 0 || utf8[offset - 1] == '\n' || utf8[offset - 1] == '\r';
  }

  /** The line break that a text uses first, or a line feed when it has none. */
  static String firstLineBreak(byte[] utf8) {
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == '\n') {
        return "\n";
      }
      if (utf8[i] == '\r') {
        return i + 1 < utf8.length && utf8[i + 1] == '\n' ? "\r\n" : "\r";
      }
    }
    return "\n";
  }
}
