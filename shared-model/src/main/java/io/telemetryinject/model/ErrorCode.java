package io.telemetryinject.model;

/** What went wrong where no verdict on the function could be reached. */
public enum ErrorCode {
  /** No script could be generated and validated for the function's key. */
  GENERATION,
  /** The script raised, crashed or answered nonsense. */
  SCRIPT,
  /** The script ran past its deadline. */
  DEADLINE,
  /** The sandbox could not be set up or kept alive. */
  SANDBOX,
  /** The cache has no script under the key, or one that failed its digest or signature. */
  CACHE,
  /** A record could not be understood. */
  RECORD,
  /** No outcome came back. */
  LOST,
  /** The file could not be written. */
  WRITE,
  /** A defect of this program. */
  INTERNAL
}
