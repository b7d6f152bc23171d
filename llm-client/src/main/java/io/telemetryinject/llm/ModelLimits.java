package io.telemetryinject.llm;

/**
 * What a provider allows for one model, over the whole fleet.
 *
 * @param requestsPerMinute 0 for no limit
 * @param tokensPerMinute input and output together; 0 for no limit
 * @param concurrentCalls at least 1
 */
public record ModelLimits(int requestsPerMinute, long tokensPerMinute, int concurrentCalls) {
  public ModelLimits {
    if (requestsPerMinute < 0 || tokensPerMinute < 0) {
      throw new IllegalArgumentException("limits are not negative; 0 is for no limit");
    }
    if (concurrentCalls < 1) {
      throw new IllegalArgumentException("at least one call at a time: " + concurrentCalls);
    }
  }
}
