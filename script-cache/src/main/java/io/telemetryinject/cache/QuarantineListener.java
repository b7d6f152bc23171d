package io.telemetryinject.cache;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is told of every entry that is taken out of use. */
@FunctionalInterface
public interface QuarantineListener {

  /**
   * @param entry the entry's name, {@code <slug>_<key12>[_vN]}
   * @param reason why, in words for a person
   */
  void quarantined(String entry, String reason);

  /** Tells both. */
  default QuarantineListener and(QuarantineListener other) {
    return (entry, reason) -> {
      quarantined(entry, reason);
      other.quarantined(entry, reason);
    };
  }

  /** Writes one warning per entry to the log. */
  static QuarantineListener logging() {
    Logger logger = LoggerFactory.getLogger(ScriptCache.class);
    return (entry, reason) ->
        logger
            .atWarn()
            .addKeyValue("entry", entry)
            .addKeyValue("reason", reason)
            .log("script quarantined");
  }
}
