package io.telemetryinject.llm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** One sum in one file, replaced as a whole; no file is 0. */
record SpentFile(Path file) {
  long read() throws IOException {
    String content;
    try {
      content = Files.readString(file, US_ASCII).trim();
    } catch (NoSuchFileException e) {
      return 0;
    }
    try {
      return Long.parseLong(content);
    } catch (NumberFormatException e) {
      throw new IOException(file.getFileName() + " holds no number; write one into it", e);
    }
  }

  /** On disk when it returns; callers hold the directory's lock. */
  void write(long microDollars) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileChannel channel = FileChannel.open(next, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap((microDollars + "\n").getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(file.resolveSibling("."), READ)) {
      directory.force(true);
    }
  }
}
