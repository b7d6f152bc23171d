package io.telemetryinject.cache.s3;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is told, once each, when a store does not answer any more and when it does again. */
public interface OutageListener {

  /**
   * @param location of the cache
   * @param problem in words for a person
   * @param patience how long callers wait before they fail
   */
  void began(String location, String problem, Duration patience);

  void ended(String location, Duration lasted);

  /** Writes both to the log. */
  static OutageListener logging() {
    Logger logger = LoggerFactory.getLogger(S3ObjectStore.class);
    return new OutageListener() {
      @Override
      public void began(String location, String problem, Duration patience) {
        logger
            .atWarn()
            .addKeyValue("cache", location)
            .addKeyValue("problem", problem)
            .addKeyValue("waitingSeconds", patience.toSeconds())
            .log("script cache does not answer; waiting for it");
      }

      @Override
      public void ended(String location, Duration lasted) {
        logger
            .atInfo()
            .addKeyValue("cache", location)
            .addKeyValue("seconds", lasted.toSeconds())
            .log("script cache answers again");
      }
    };
  }

  /** Runs something for each outage. */
  static OutageListener counting(Runnable outage) {
    return new OutageListener() {
      @Override
      public void began(String location, String problem, Duration patience) {
        outage.run();
      }

      @Override
      public void ended(String location, Duration lasted) {}
    };
  }

  /** Tells both. */
  default OutageListener and(OutageListener other) {
    OutageListener one = this;
    return new OutageListener() {
      @Override
      public void began(String location, String problem, Duration patience) {
        one.began(location, problem, patience);
        other.began(location, problem, patience);
      }

      @Override
      public void ended(String location, Duration lasted) {
        one.ended(location, lasted);
        other.ended(location, lasted);
      }
    };
  }
}
