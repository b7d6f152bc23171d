package io.telemetryinject.model;

/** Sizes beyond which a file, function or record is rejected, in bytes. */
public final class Limits {
  public static final int FILE_BYTES = 10 << 20;
  public static final int FUNCTION_BYTES = 4 << 20;
  public static final int RECORD_BYTES = 8 << 20;

  private Limits() {}
}
