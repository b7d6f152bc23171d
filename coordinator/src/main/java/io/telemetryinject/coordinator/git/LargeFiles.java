package io.telemetryinject.coordinator.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.eclipse.jgit.lib.ObjectLoader;

/** Git LFS keeps large files elsewhere; a commit holds pointers to them. */
final class LargeFiles {
  private static final byte[] START = "version https://git-lfs.github.com/spec/".getBytes(US_ASCII);
  private static final int LONGEST_POINTER = 1024;

  private LargeFiles() {}

  static boolean isPointer(ObjectLoader blob) {
    if (blob.getSize() < START.length || blob.getSize() > LONGEST_POINTER) {
      return false;
    }
    byte[] bytes = blob.getBytes();
    return Arrays.equals(bytes, 0, START.length, START, 0, START.length);
  }
}
