package io.telemetryinject.language.python;

import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceScan;
import io.telemetryinject.model.FunctionTask;
import java.nio.charset.StandardCharsets;

/** Scans text blocks, and shows what anchors point at. */
final class Scans {
  private static final PythonScanner SCANNER = new PythonScanner();

  private Scans() {}

  static SourceScan scan(String source) {
    try {
      return SCANNER.scan(utf8(source));
    } catch (SourceRejectedException e) {
      throw new AssertionError(e.reason() + " " + e.detail(), e);
    }
  }

  /** The first function of a source. */
  static ScannedFunction function(String source) {
    return scan(source).functions().get(0);
  }

  /** The function of this qualified name. */
  static ScannedFunction function(String source, String qualifiedName) {
    return scan(source).functions().stream()
        .filter(f -> f.qualifiedName().equals(qualifiedName))
        .findFirst()
        .orElseThrow();
  }

  static ScannedFunction alone(String code, String qualifiedName) throws SourceRejectedException {
    return SCANNER.scanFunction(new FunctionTask(0, 1, qualifiedName, null, code), utf8(code));
  }

  /** The function that a text is all of, maybe indented; taken for one of a module. */
  static ScannedFunction alone(String code) {
    try {
      return alone(code, "f");
    } catch (SourceRejectedException e) {
      throw new AssertionError(e.reason() + " " + e.detail(), e);
    }
  }

  static byte[] utf8(String source) {
    return source.getBytes(StandardCharsets.UTF_8);
  }

  static String slice(String source, int start, int end) {
    return new String(utf8(source), start, end - start, StandardCharsets.UTF_8);
  }

  /** The text from an offset to the end of its line. */
  static String at(String source, int offset) {
    byte[] text = utf8(source);
    return slice(source, offset, Bytes.endOfLine(text, offset));
  }
}
