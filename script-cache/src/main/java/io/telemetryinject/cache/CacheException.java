package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The cache cannot do its work: what happened, to which file, and what to do now. */
public final class CacheException extends IOException {
  private static final long serialVersionUID = 1L;

  private final CacheError error;

  public CacheException(CacheError error, String what, @Nullable Throwable cause) {
    this(error, what, error.advice(), cause);
  }

  /**
   * @param what happened, to which object
   * @param advice what to do now, in a sentence
   */
  public CacheException(CacheError error, String what, String advice, @Nullable Throwable cause) {
    super(what + "\n  " + advice, cause);
    this.error = requireNonNull(error, "error is null");
  }

  /**
   * Classifies an error of the file system.
   *
   * @param doing what failed, e.g. {@code cannot write}
   */
  static CacheException of(String doing, Path file, IOException cause) {
    if (cause instanceof CacheException known) {
      return known;
    }
    String why = reason(cause);
    return new CacheException(classify(cause, why), doing + " " + file + ": " + why, cause);
  }

  public CacheError error() {
    return error;
  }

  /** What happened, without what to do now: for the outcome of a function. */
  public String detail() {
    return String.valueOf(getMessage()).lines().findFirst().orElse("");
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NotDirectoryException) {
      return "not a directory";
    }
    String reason = cause instanceof FileSystemException error ? error.getReason() : null;
    String text = reason == null ? cause.getMessage() : reason;
    return requireNonNullElse(text, cause.getClass().getSimpleName()).toLowerCase(Locale.ROOT);
  }

  private static CacheError classify(IOException cause, String why) {
    if (cause instanceof AccessDeniedException) {
      return CacheError.ACCESS_DENIED;
    }
    if (cause instanceof NotDirectoryException || why.contains("not a directory")) {
      return CacheError.NOT_A_CACHE;
    }
    if (why.contains("no space") || why.contains("quota") || why.contains("file too large")) {
      return CacheError.NO_SPACE;
    }
    return why.contains("read-only") ? CacheError.READ_ONLY : CacheError.IO;
  }
}
