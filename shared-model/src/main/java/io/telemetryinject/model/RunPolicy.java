package io.telemetryinject.model;

import static java.util.Objects.requireNonNull;

/**
 * What a run's user chose, as far as the workers need to know.
 *
 * @param exceptions whether exceptions are reported
 * @param keyKind what scripts are looked up by
 * @param forceRegenerate whether cached scripts from before this run are passed over
 * @param method who inserts: scripts, or a model directly
 * @param intent what telemetry is to say beyond entry, exit and error, in words that only a model
 *     can honour; empty for none
 * @param maxMicroDollars what models may cost in this run, in millionths of a US dollar; {@link
 *     Long#MAX_VALUE} for no limit
 * @param execution tells apart runs of one tree with all of the above the same; empty for unknown
 */
public record RunPolicy(
    ExceptionPolicy exceptions,
    KeyKind keyKind,
    boolean forceRegenerate,
    Method method,
    String intent,
    Long maxMicroDollars,
    String execution) {

  /** Who inserts telemetry. */
  public enum Method {
    SCRIPTS,
    /** A model returns the instrumented function itself; nothing is cached. */
    DIRECT
  }

  /** Fields that a record of an earlier version lacks get their defaults. */
  public RunPolicy {
    requireNonNull(exceptions, "exceptions is missing");
    requireNonNull(keyKind, "keyKind is missing");
    method = method == null ? Method.SCRIPTS : method;
    intent = intent == null ? "" : intent.strip();
    maxMicroDollars = maxMicroDollars == null ? Long.valueOf(Long.MAX_VALUE) : maxMicroDollars;
    execution = execution == null ? "" : execution;
  }

  public RunPolicy(
      ExceptionPolicy exceptions,
      KeyKind keyKind,
      boolean forceRegenerate,
      Method method,
      String intent,
      Long maxMicroDollars) {
    this(exceptions, keyKind, forceRegenerate, method, intent, maxMicroDollars, "");
  }

  /** The same as one particular execution. */
  public RunPolicy withExecution(String execution) {
    return new RunPolicy(
        exceptions, keyKind, forceRegenerate, method, intent, maxMicroDollars, execution);
  }

  /** The same with an intent; empty for none. */
  public RunPolicy withIntent(String words) {
    return new RunPolicy(
        exceptions, keyKind, forceRegenerate, method, words, maxMicroDollars, execution);
  }

  /** Scripts, no intent, no limit to what models cost. */
  public RunPolicy(ExceptionPolicy exceptions, KeyKind keyKind, boolean forceRegenerate) {
    this(exceptions, keyKind, forceRegenerate, Method.SCRIPTS, "", Long.MAX_VALUE);
  }
}
