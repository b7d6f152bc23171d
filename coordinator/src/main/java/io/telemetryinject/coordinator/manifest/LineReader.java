package io.telemetryinject.coordinator.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file one after the other; of a line that says how long its outline is, the outline
 * alone is looked at, since what follows is most of the file.
 */
final class LineReader {
  private static final int WINDOW = 1 << 13;
  private static final int LONGEST = 1 << 30;

  private final FileChannel file;
  private final boolean outlines;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
  private long windowStart;
  private long next;
  private long start;

  /**
   * @param outlines whether lines may be believed; those of a journal may have been cut off, and
   *     are given whole
   */
  LineReader(FileChannel file, boolean outlines) throws IOException {
    this.file = file;
    this.outlines = outlines;
    this.size = file.size();
    window.limit(0);
  }

  /**
   * The next line without its break, or its outline; null behind the last. A line that was cut off
   * is given as it is.
   */
  byte @Nullable [] next() throws IOException {
    start = next;
    if (start >= size) {
      return null;
    }
    LineLengths lengths = outlines ? lengths() : null;
    if (lengths != null && hasBreakAt(start + lengths.whole())) {
      next = start + lengths.whole() + 1;
      return bytes(start, lengths.outline());
    }
    long end = endOfLine();
    next = end + 1;
    if (end - start > LONGEST) {
      throw new IOException("a line of " + (end - start) + " bytes is no manifest's");
    }
    return bytes(start, (int) (end - start));
  }

  /** Whether the line that was given last has its break: else it was cut off. */
  boolean isWhole() {
    return next <= size;
  }

  /** Where the line is that was given last; only whole lines are worth asking. */
  Line place() {
    return new Line(file, start, next - start);
  }

  private @Nullable LineLengths lengths() throws IOException {
    int length = (int) Math.min(ManifestLines.HEAD_BYTES, size - start);
    return ManifestLines.lengthsOf(bytes(start, length));
  }

  private boolean hasBreakAt(long position) throws IOException {
    return position < size && at(position) == '\n';
  }

  private long endOfLine() throws IOException {
    long end = start;
    while (end < size && at(end) != '\n') {
      end++;
    }
    return end;
  }

  private byte at(long position) throws IOException {
    if (!isInWindow(position, 1)) {
      fill(position);
    }
    return window.get((int) (position - windowStart));
  }

  private byte[] bytes(long position, int length) throws IOException {
    if (length > WINDOW) {
      return Line.read(file, position, length);
    }
    if (!isInWindow(position, length)) {
      fill(position);
    }
    int from = (int) (position - windowStart);
    return Arrays.copyOfRange(window.array(), from, from + length);
  }

  private boolean isInWindow(long position, int length) {
    return position >= windowStart && position + length <= windowStart + window.limit();
  }

  private void fill(long position) throws IOException {
    window.clear();
    windowStart = position;
    int wanted = (int) Math.min(WINDOW, size - position);
    while (window.position() < wanted) {
      if (file.read(window, position + window.position()) < 0) {
        throw new IOException("the file has become shorter while it was read");
      }
    }
    window.flip();
  }
}
