package io.telemetryinject.cache;

import io.telemetryinject.model.MissReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why a run did not find scripts in the cache.
 *
 * @param run its id
 * @param at when it last missed one
 * @param lines by key
 */
public record MissReport(String run, Instant at, List<Line> lines) {

  /**
   * A key that had no script.
   *
   * @param key its slug and the first twelve hex digits of its digest
   * @param functions that asked for it; some may count twice where a worker died
   */
  public record Line(String key, MissReason reason, int functions) {}

  public MissReport {
    lines = List.copyOf(lines);
  }

  /** Functions by reason. */
  public Map<MissReason, Integer> byReason() {
    Map<MissReason, Integer> sums = new TreeMap<>();
    lines.forEach(line -> sums.merge(line.reason(), line.functions(), Integer::sum));
    return sums;
  }
}
