package io.telemetryinject.cache;

/** What stopped the cache, with what a person can do about it. */
public enum CacheError {
  NO_SPACE("Free some space, then run the same command again.", true),
  ACCESS_DENIED("Give this user access to it, or choose another --cache-dir.", false),
  READ_ONLY("Make it writable, or choose another --cache-dir.", false),
  NOT_A_CACHE("Check the path, or choose another --cache-dir; nothing was changed.", false),
  TOO_MANY_VERSIONS("Look at why they were rejected, then remove them with --cache-prune.", false),
  SIGNING_KEY("Repair or move the key away; a new one is made on the next run.", false),
  NO_CREATE_ONCE(
      "Use an endpoint that honours If-None-Match on PutObject; without it writers overwrite each"
          + " other.",
      false),
  UNAVAILABLE("Check that it runs and can be reached, then run the same command again.", true),
  IO("Check the disk and the mount, then run the same command again.", true);

  private final String advice;
  private final boolean retryable;

  CacheError(String advice, boolean retryable) {
    this.advice = advice;
    this.retryable = retryable;
  }

  String advice() {
    return advice;
  }

  /** Whether the same call may succeed later without anyone changing the set-up. */
  public boolean retryable() {
    return retryable;
  }
}
