package io.telemetryinject.language.python;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.model.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The telemetry runtime as a wheel, for builds that package instrumented code: what such a build
 * picks by package leaves out the files that lie beside them.
 *
 * <p>Nothing is compressed and no time is told (January 1980 would bring the time zone in), so that
 * equal content has equal bytes everywhere.
 */
final class RuntimeWheel {
  private static final String NAME = "telemetry_inject_runtime";
  private static final String VERSION = "0.1.0";
  private static final String ABOUT = NAME + "-" + VERSION + ".dist-info/";
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  static final String FILE_NAME = NAME + "-" + VERSION + "-py3-none-any.whl";

  private static final String METADATA =
      """
      Metadata-Version: 2.1
      Name: telemetry-inject-runtime
      Version: %s
      Summary: What code that telemetry-inject has instrumented imports.
      License: Apache-2.0
      Requires-Python: >=3.9
      """
          .formatted(VERSION);
  private static final String WHEEL =
      """
      Wheel-Version: 1.0
      Generator: telemetry-inject
      Root-Is-Purelib: true
      Tag: py3-none-any
      """;

  private RuntimeWheel() {}

  /**
   * Packs a wheel.
   *
   * @param modules contents by the name of a file at the top, in the order they shall have
   */
  static byte[] of(Map<String, byte[]> modules) {
    Map<String, byte[]> files = new LinkedHashMap<>(modules);
    files.put(ABOUT + "METADATA", METADATA.getBytes(UTF_8));
    files.put(ABOUT + "WHEEL", WHEEL.getBytes(UTF_8));
    files.put(ABOUT + "RECORD", recordOf(files).getBytes(UTF_8));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, UTF_8)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(entry(file.getKey(), file.getValue()));
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static ZipEntry entry(String name, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTimeLocal(NO_TIME);
    return entry;
  }

  /** Each file's digest and length; the record itself has none. */
  private static String recordOf(Map<String, byte[]> files) {
    StringBuilder lines = new StringBuilder();
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] digest = HexFormat.of().parseHex(Sha256.of(file.getValue()));
      lines
          .append(file.getKey())
          .append(",sha256=")
          .append(base64.encodeToString(digest))
          .append(',')
          .append(file.getValue().length)
          .append('\n');
    }
    return lines.append(ABOUT).append("RECORD,,\n").toString();
  }
}
