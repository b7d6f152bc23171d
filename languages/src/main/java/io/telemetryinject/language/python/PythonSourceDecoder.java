package io.telemetryinject.language.python;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.SourceText;
import io.telemetryinject.model.Limits;
import io.telemetryinject.model.RejectReason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes Python source as Python does: byte order mark, coding cookie, UTF-8. */
final class PythonSourceDecoder {
  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private PythonSourceDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws SourceRejectedException SIZE beyond {@link Limits#FILE_BYTES}; ENCODING when the bytes
   *     are not what the file declares, or would not come back the same when encoded again
   */
  static SourceText decode(byte[] bytes) throws SourceRejectedException {
    if (bytes.length > Limits.FILE_BYTES) {
      throw new SourceRejectedException(
          RejectReason.SIZE, bytes.length + " bytes; the limit is " + Limits.FILE_BYTES);
    }
    boolean bom = Arrays.equals(bytes, 0, Math.min(3, bytes.length), BOM, 0, 3);
    int start = bom ? BOM.length : 0;
    boolean ascii = true;
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw rejected("a NUL at byte " + i);
      }
      ascii &= bytes[i] > 0;
    }
    Charset charset = charset(bytes, start, bom);
    byte[] text = bom ? Arrays.copyOfRange(bytes, start, bytes.length) : bytes;
    return new SourceText(ascii ? text : utf8(text, charset), charset, bom);
  }

  private static Charset charset(byte[] bytes, int start, boolean bom)
      throws SourceRejectedException {
    String name = CodingCookie.find(bytes, start);
    if (name == null) {
      return StandardCharsets.UTF_8;
    }
    Charset charset = PythonCodecs.find(name);
    if (charset == null) {
      throw rejected("an encoding that is not known here");
    }
    if (bom && !charset.equals(StandardCharsets.UTF_8)) {
      throw rejected("a byte order mark of UTF-8, but another encoding declared");
    }
    return charset;
  }

  private static byte[] utf8(byte[] text, Charset charset) throws SourceRejectedException {
    CharBuffer decoded;
    try {
      decoded =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw rejected("bytes that are not " + charset.name());
    }
    if (charset.equals(StandardCharsets.UTF_8)) {
      return text;
    }
    String string = decoded.toString();
    if (!Arrays.equals(string.getBytes(charset), text)) {
      throw rejected("bytes that " + charset.name() + " writes in another way");
    }
    return string.getBytes(StandardCharsets.UTF_8);
  }

  private static SourceRejectedException rejected(String what) {
    return new SourceRejectedException(RejectReason.ENCODING, what);
  }
}
