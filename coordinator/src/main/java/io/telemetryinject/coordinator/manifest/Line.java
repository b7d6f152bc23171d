package io.telemetryinject.coordinator.manifest;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A line of a manifest or journal where it lies.
 *
 * @param file open for reading
 * @param position of its first byte
 * @param length in bytes, its break included
 */
record Line(FileChannel file, long position, long length) {

  /** Its bytes without the break. */
  byte[] read() throws IOException {
    return read(file, position, Math.toIntExact(length - 1));
  }

  static byte[] read(FileChannel file, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("the file has become shorter while it was read");
      }
    }
    return bytes.array();
  }

  /** Whether another line follows this one in the same file. */
  boolean isFollowedBy(Line next) {
    return next.file == file && next.position == position + length;
  }

  /** Both as one, when the other follows. */
  Line with(Line next) {
    return new Line(file, position, length + next.length);
  }

  /** Writes all of it at the other file's position. */
  void copyTo(FileChannel out, ByteBuffer buffer) throws IOException {
    long done = 0;
    while (done < length) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
      int count = file.read(buffer, position + done);
      if (count < 0) {
        throw new EOFException("the file has become shorter while it was read");
      }
      done += count;
      writeFully(out, buffer.flip());
    }
  }

  static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
