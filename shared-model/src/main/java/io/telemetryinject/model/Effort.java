package io.telemetryinject.model;

import java.util.EnumMap;
import java.util.Map;

/**
 * What it took to get a batch to where it is: added up along the way, so that the coordinator can
 * tell a run's cost without asking the workers.
 *
 * @param scriptsGenerated scripts written and validated for the batch
 * @param generationMillis spent on them, in milliseconds
 * @param executionMicros spent on running and verifying scripts, in microseconds
 * @param modelCalls answered by a language model
 * @param modelTokens read and written by it
 * @param microDollars charged for it, in millionths of a US dollar
 * @param authoring how the scripts came about
 * @param misses functions that the cache had no script for, by reason
 */
public record Effort(
    int scriptsGenerated,
    long generationMillis,
    long executionMicros,
    int modelCalls,
    long modelTokens,
    long microDollars,
    Authoring authoring,
    Map<MissReason, Integer> misses) {
  private static final Effort NONE = new Effort(0, 0, 0, 0, 0, 0, Authoring.none());

  /** Fields that a record of an earlier version lacks get their defaults. */
  public Effort {
    authoring = authoring == null ? Authoring.none() : authoring;
    misses = misses == null ? Map.of() : Map.copyOf(misses);
  }

  public Effort(
      int scriptsGenerated,
      long generationMillis,
      long executionMicros,
      int modelCalls,
      long modelTokens,
      long microDollars,
      Authoring authoring) {
    this(
        scriptsGenerated,
        generationMillis,
        executionMicros,
        modelCalls,
        modelTokens,
        microDollars,
        authoring,
        Map.of());
  }

  public static Effort none() {
    return NONE;
  }

  public static Effort execution(long micros) {
    return new Effort(0, 0, micros, 0, 0, 0, Authoring.none());
  }

  public static Effort generation(int scripts, long millis) {
    return new Effort(scripts, millis, 0, 0, 0, 0, Authoring.none());
  }

  /** Time spent on bringing a script about, and how it came about. */
  public static Effort authoring(long millis, Authoring authoring) {
    return new Effort(0, millis, 0, 0, 0, 0, authoring);
  }

  /** Functions without a script in the cache. */
  public static Effort misses(MissReason reason, int functions) {
    return new Effort(0, 0, 0, 0, 0, 0, Authoring.none(), Map.of(reason, functions));
  }

  public Effort plus(Effort other) {
    return new Effort(
        scriptsGenerated + other.scriptsGenerated,
        generationMillis + other.generationMillis,
        executionMicros + other.executionMicros,
        modelCalls + other.modelCalls,
        modelTokens + other.modelTokens,
        microDollars + other.microDollars,
        authoring.plus(other.authoring),
        sum(misses, other.misses));
  }

  private static Map<MissReason, Integer> sum(
      Map<MissReason, Integer> some, Map<MissReason, Integer> others) {
    if (others.isEmpty()) {
      return some;
    }
    Map<MissReason, Integer> sum = new EnumMap<>(MissReason.class);
    sum.putAll(some);
    others.forEach((reason, functions) -> sum.merge(reason, functions, Integer::sum));
    return sum;
  }
}
