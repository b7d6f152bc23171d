package io.telemetryinject.cache;

/** What stopped the cache, with what a person can do about it. */
public enum CacheError {
  NO_SPACE("Free some space, then run the same command again."),
  ACCESS_DENIED("Give this user access to it, or choose another --cache-dir."),
  READ_ONLY("Make it writable, or choose another --cache-dir."),
  NOT_A_CACHE("Check the path, or choose another --cache-dir; nothing was changed."),
  TOO_MANY_VERSIONS("Look at why they were rejected, then remove them with --cache-prune."),
  SIGNING_KEY("Repair or move the key away; a new one is made on the next run."),
  NO_CREATE_ONCE(
      "Use an endpoint that honours If-None-Match on PutObject; without it writers overwrite each"
          + " other."),
  UNAVAILABLE("Check that it runs and can be reached, then run the same command again."),
  IO("Check the disk and the mount, then run the same command again.");

  private final String advice;

  CacheError(String advice) {
    this.advice = advice;
  }

  String advice() {
    return advice;
  }
}
