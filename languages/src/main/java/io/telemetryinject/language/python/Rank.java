package io.telemetryinject.language.python;

/** What comes first where insertions of several functions share an offset. */
enum Rank {
  /** Closers end the statement in front of the offset; inner functions first. */
  CLOSER,
  /** Lines behind the line that ends at the offset; inner functions first. */
  LINES_AFTER,
  /** Whole lines in front of the line that starts at the offset; outer functions first. */
  LINES_BEFORE,
  /** Re-indentation of the line that starts at the offset; outer functions first. */
  UNIT,
  /** What belongs directly in front of the token at the offset. */
  INLINE
}
