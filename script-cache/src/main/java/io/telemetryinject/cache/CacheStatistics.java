package io.telemetryinject.cache;

/**
 * What {@code --cache-stats} shows.
 *
 * @param totalScripts usable scripts, all versions
 * @param quarantined scripts taken out of use
 * @param totalBytes of all scripts and what belongs to them
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
    double averageCachedExecutionMillis,
    Lookups lookups,
    Savings savings) {

  /**
   * How look-ups ended, in functions.
   *
   * @param shapeHits found by shape
   * @param signatureHits found by signature
   * @param misses not found
   * @param negativeHits keys that nobody was asked for, because all authors had failed on them
   */
  public record Lookups(long shapeHits, long signatureHits, long misses, long negativeHits) {
    static final Lookups NONE = new Lookups(0, 0, 0, 0);
  }

  /**
   * What models' scripts cost, against a call of the same price for each function instead.
   *
   * @param modelScripts written or adopted, usable
   * @param modelCalls that were made for them
   * @param microDollars that were paid for them, in millionths of a US dollar
   * @param avoidedMicroDollars that a call per served function would have cost
   */
  public record Savings(
      int modelScripts, long modelCalls, long microDollars, long avoidedMicroDollars) {
    static final Savings NONE = new Savings(0, 0, 0, 0);

    /** How many functions a script must serve to be cheaper than a call for each; 0 for none. */
    public double breakEvenUses() {
      return modelScripts == 0 ? 0 : (double) modelCalls / modelScripts;
    }
  }

  /** Of a cache with nothing in it. */
  static CacheStatistics none() {
    return new CacheStatistics(0, 0, 0, 0, 0, 0, Lookups.NONE, Savings.NONE);
  }

  static double millis(long nanos, long executions) {
    return executions == 0 ? 0 : nanos / 1e6 / executions;
  }
}
