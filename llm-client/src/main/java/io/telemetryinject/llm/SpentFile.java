package io.telemetryinject.llm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One sum in one file, replaced as a whole; no file is 0. */
record SpentFile(Path file) {
  long read() throws IOException {
    String content;
    try (InputStream in = new FileInputStream(file.toFile())) {
      content = new String(in.readAllBytes(), US_ASCII).trim();
    } catch (FileNotFoundException e) {
      if (Files.exists(file)) {
        throw e;
      }
      return 0;
    }
    try {
      return Long.parseLong(content);
    } catch (NumberFormatException e) {
      throw new IOException(file.getFileName() + " holds no number; write one into it", e);
    }
  }

  /**
   * On disk when it returns; callers hold the directory's lock. No channel: interrupts close those.
   */
  void write(long microDollars) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileOutputStream out = new FileOutputStream(next.toFile())) {
      out.write((microDollars + "\n").getBytes(US_ASCII));
      out.getFD().sync();
    }
    Files.move(next, file, ATOMIC_MOVE);
  }
}
