package io.telemetryinject.language;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A file's text, and how to get back to its bytes.
 *
 * @param utf8 the decoded text in UTF-8, without byte order mark: what all offsets count in
 * @param charset what the file is written in
 * @param bom whether the file starts with a UTF-8 byte order mark
 */
@SuppressWarnings(
    "ArrayRecordComponent") // owned by one reader; copying every file would cost more than it
// protects
public record SourceText(byte[] utf8, Charset charset, boolean bom) {
  public SourceText {
    requireNonNull(utf8, "utf8 is null");
    requireNonNull(charset, "charset is null");
  }

  /** The text between two UTF-8 offsets. */
  public String slice(int start, int end) {
    return new String(utf8, start, end - start, StandardCharsets.UTF_8);
  }
}
