package io.telemetryinject.cache;

/**
 * What {@code --cache-stats} shows.
 *
 * @param totalScripts usable scripts, all versions
 * @param quarantined scripts taken out of use
 * @param totalBytes of everything the cache holds
 * @param hitRate functions with a script in the cache among all that asked, 0 to 1; 0 when none did
 * @param averageGenerationMillis over the usable scripts, validation included
 * @param averageCachedExecutionMillis over all executions
 */
public record CacheStatistics(
    int totalScripts,
    int quarantined,
    long totalBytes,
    double hitRate,
    double averageGenerationMillis,
    double averageCachedExecutionMillis) {

  static double millis(long nanos, long executions) {
    return executions == 0 ? 0 : nanos / 1e6 / executions;
  }
}
