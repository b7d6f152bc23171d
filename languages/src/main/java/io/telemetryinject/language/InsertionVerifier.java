package io.telemetryinject.language;

import io.telemetryinject.model.Insertion;
import java.util.List;

/**
 * Decides whether insertions are telemetry and nothing else. Trusts neither their order nor their
 * offsets nor their text.
 */
public interface InsertionVerifier {

  /**
   * Checks one function's insertions.
   *
   * @param function as scanned by trusted code, its offsets counted from its own first byte
   * @param code the function's text in UTF-8, from its first byte to its end
   * @param telemetry what this function may carry
   * @param insertions untrusted
   */
  Verdict verify(
      ScannedFunction function, byte[] code, Telemetry telemetry, List<Insertion> insertions);
}
