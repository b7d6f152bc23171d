package io.telemetryinject.coordinator.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** The clock by which a file system dates files; it moves in steps of some milliseconds. */
public final class FileClock {
  private FileClock() {}

  /**
   * Lets the clock move on: whatever is written from now on is dated later than what was written
   * before.
   *
   * @param directory where a file may be made for a moment
   * @return what the clock says now
   */
  public static FileTime awaitTick(Path directory) throws IOException {
    FileTime before = look(directory);
    FileTime now = before;
    while (now.compareTo(before) <= 0) {
      Thread.onSpinWait();
      now = look(directory);
    }
    return now;
  }

  private static FileTime look(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, ".tick", "");
    try {
      return Files.getLastModifiedTime(probe);
    } finally {
      Files.delete(probe);
    }
  }
}
