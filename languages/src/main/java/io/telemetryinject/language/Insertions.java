package io.telemetryinject.language;

import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.RejectReason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Puts insertions into a text, and takes exactly these out of it again; linear in both. */
public final class Insertions {
  private Insertions() {}

  /**
   * The text with the insertions in it.
   *
   * @param utf8 the original text
   * @param insertions ascending by offset into {@code utf8}; equal offsets apply in list order
   * @throws IllegalArgumentException if an offset descends, or lies behind the text
   */
  public static byte[] apply(byte[] utf8, List<Insertion> insertions) {
    return apply(utf8, StandardCharsets.UTF_8, insertions);
  }

  /**
   * The bytes of a file with the insertions in it.
   *
   * @param file in {@code charset}, which the insertions' offsets count the bytes of
   * @throws IllegalArgumentException if an offset descends, or lies behind the file
   */
  public static byte[] apply(byte[] file, Charset charset, List<Insertion> insertions) {
    byte[][] texts = new byte[insertions.size()][];
    int length = file.length;
    for (int i = 0; i < texts.length; i++) {
      texts[i] = insertions.get(i).text().getBytes(charset);
      length = Math.addExact(length, texts[i].length);
    }
    byte[] applied = new byte[length];
    int from = 0;
    int to = 0;
    for (int i = 0; i < texts.length; i++) {
      int offset = insertions.get(i).offset();
      if (offset < from || offset > file.length) {
        throw new IllegalArgumentException(
            "insertion " + i + ": offset " + offset + " is not in " + from + ".." + file.length);
      }
      System.arraycopy(file, from, applied, to, offset - from);
      to += offset - from;
      from = offset;
      System.arraycopy(texts[i], 0, applied, to, texts[i].length);
      to += texts[i].length;
    }
    System.arraycopy(file, from, applied, to, file.length - from);
    return applied;
  }

  /**
   * The original text of an instrumented one, both in UTF-8.
   *
   * @throws SourceRejectedException as the other
   */
  public static byte[] remove(byte[] instrumented, List<Insertion> insertions)
      throws SourceRejectedException {
    return remove(instrumented, StandardCharsets.UTF_8, insertions);
  }

  /**
   * The original bytes of an instrumented file.
   *
   * @param instrumented what {@link #apply} made
   * @param charset that the insertions were written in
   * @param insertions the same list that was applied
   * @throws SourceRejectedException {@link RejectReason#EDITED} if one of them is not where it was
   *     put; an edit elsewhere is not noticed, so compare digests first
   */
  public static byte[] remove(byte[] instrumented, Charset charset, List<Insertion> insertions)
      throws SourceRejectedException {
    byte[] original = new byte[instrumented.length];
    int from = 0;
    int to = 0;
    for (Insertion insertion : insertions) {
      byte[] text = insertion.text().getBytes(charset);
      int kept = insertion.offset() - to;
      if (kept < 0 || kept > instrumented.length - from - text.length) {
        throw edited(insertion);
      }
      int start = from + kept;
      if (!Arrays.equals(instrumented, start, start + text.length, text, 0, text.length)) {
        throw edited(insertion);
      }
      System.arraycopy(instrumented, from, original, to, kept);
      to += kept;
      from = start + text.length;
    }
    int rest = instrumented.length - from;
    System.arraycopy(instrumented, from, original, to, rest);
    return Arrays.copyOf(original, to + rest);
  }

  private static SourceRejectedException edited(Insertion insertion) {
    return new SourceRejectedException(
        RejectReason.EDITED, "the telemetry put in at byte " + insertion.offset() + " is gone");
  }
}
