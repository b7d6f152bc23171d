package io.telemetryinject.language;

import io.telemetryinject.model.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * What the verifier says of one function's insertions.
 *
 * @param reason why they were refused, or null when they are telemetry and nothing else
 * @param detail what is wrong, at which offset; empty when accepted
 */
public record Verdict(@Nullable RejectReason reason, String detail) {
  private static final Verdict ACCEPTED = new Verdict(null, "");

  public static Verdict accepted() {
    return ACCEPTED;
  }

  public static Verdict rejected(RejectReason reason, String detail) {
    return new Verdict(reason, detail);
  }

  public boolean isAccepted() {
    return reason == null;
  }
}
