package io.telemetryinject.language;

/** How far a function carries telemetry already, judged by its text alone. */
public enum Instrumentation {
  NONE,
  /** Entry, every own return and the fall-through report. */
  COMPLETE,
  /** Some of them do, or in another form than ours. */
  PARTIAL
}
