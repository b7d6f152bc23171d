package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.Insertion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads what a script's child says it answered, and believes none of it. */
final class AnswerReader {
  private static final int LONGEST_DETAIL = 300;

  private AnswerReader() {}

  static ScriptAnswer read(ByteBuffer in) throws DamagedAnswerException {
    return switch (in.get()) {
      case 0 -> answered(in);
      case 1 -> new ScriptAnswer.Broken(ErrorCode.SCRIPT, shortened(text(in, in.getInt())));
      default -> throw new DamagedAnswerException("neither an answer nor a failure");
    };
  }

  /** A u32 length and as many bytes of UTF-8. */
  static String text(ByteBuffer in) throws DamagedAnswerException {
    return text(in, in.getInt());
  }

  private static ScriptAnswer answered(ByteBuffer in) throws DamagedAnswerException {
    int count = in.getInt();
    int size = in.getInt();
    if (count < 0 || count > in.remaining() / (2 * Integer.BYTES)) {
      throw new DamagedAnswerException(count + " insertions");
    }
    int offsets = in.position();
    int lengths = offsets + count * Integer.BYTES;
    in.position(lengths + count * Integer.BYTES);
    String texts = text(in, size);
    boolean ascii = texts.length() == size;
    List<Insertion> insertions = new ArrayList<>(count);
    int start = 0;
    for (int i = 0; i < count; i++) {
      int offset = in.getInt(offsets + i * Integer.BYTES);
      int length = in.getInt(lengths + i * Integer.BYTES);
      if (offset < 0 || length == 0) {
        return new ScriptAnswer.Broken(
            ErrorCode.SCRIPT, "an insertion has no text, or an offset beyond any source");
      }
      if (length < 0 || length > texts.length() - start) {
        throw new DamagedAnswerException("texts end early");
      }
      int end = ascii ? start + length : offsetByCodePoints(texts, start, length);
      insertions.add(new Insertion(offset, texts.substring(start, end)));
      start = end;
    }
    if (start != texts.length()) {
      throw new DamagedAnswerException("texts are longer than their lengths");
    }
    return new ScriptAnswer.Answered(insertions);
  }

  private static int offsetByCodePoints(String texts, int start, int length)
      throws DamagedAnswerException {
    try {
      return texts.offsetByCodePoints(start, length);
    } catch (IndexOutOfBoundsException e) {
      throw new DamagedAnswerException("texts end early");
    }
  }

  private static String text(ByteBuffer in, int size) throws DamagedAnswerException {
    if (size < 0 || size > in.remaining()) {
      throw new DamagedAnswerException("a text of " + size + " bytes");
    }
    String text = new String(in.array(), in.arrayOffset() + in.position(), size, UTF_8);
    in.position(in.position() + size);
    return text;
  }

  private static String shortened(String detail) {
    return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
  }
}
