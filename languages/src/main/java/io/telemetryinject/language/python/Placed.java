package io.telemetryinject.language.python;

import java.util.Comparator;

/**
 * An insertion with its place among those of the whole file.
 *
 * @param offset in UTF-8 bytes from the start of the file
 * @param nesting ascending order within the rank: the function's depth, negative where inner
 *     functions come first
 */
record Placed(int offset, Rank rank, int nesting, String text) {
  /** A stable sort by this keeps a function's own order at one offset. */
  static final Comparator<Placed> IN_FILE =
      Comparator.comparingInt(Placed::offset)
          .thenComparing(Placed::rank)
          .thenComparingInt(Placed::nesting);
}
