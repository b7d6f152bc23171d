package io.telemetryinject.coordinator.order;

import io.telemetryinject.model.Outcome;

/** Outcomes in words. */
public final class Reasons {
  private Reasons() {}

  /** The outcome's kind, e.g. {@code rejected}. */
  public static String kindOf(Outcome outcome) {
    return outcome.fold(
        new Outcome.Fold<>(
            applied -> "applied",
            unchanged -> "unchanged",
            skipped -> "skipped",
            rejected -> "rejected",
            failed -> "failed"));
  }

  /** The named reason, e.g. {@code PARSE}; empty where there is none. */
  public static String nameOf(Outcome outcome) {
    return outcome.fold(
        new Outcome.Fold<>(
            applied -> "",
            unchanged -> "",
            skipped -> skipped.reason().name(),
            rejected -> rejected.reason().name(),
            failed -> failed.code().name()));
  }

  /** What is known beyond the name; empty where there is nothing. */
  public static String detailOf(Outcome outcome) {
    return outcome.fold(
        new Outcome.Fold<>(
            applied -> "",
            unchanged -> "",
            skipped -> "",
            rejected -> rejected.detail(),
            failed -> failed.detail()));
  }

  public static String of(Outcome outcome) {
    String detail = detailOf(outcome).replaceAll("\\p{Cntrl}+", " ");
    return kindOf(outcome) + " " + nameOf(outcome) + (detail.isEmpty() ? "" : ": " + detail);
  }
}
