package io.telemetryinject.messaging;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says why an application did not start in the words of our own errors, whose first line is what
 * happened and the others what to do, in place of a stack trace.
 */
final class StartFailures implements FailureAnalyzer {
  private static final String OURS = "io.telemetryinject.";

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getName().startsWith(OURS) && cause.getMessage() != null) {
        List<String> lines = cause.getMessage().lines().map(String::strip).toList();
        return new FailureAnalysis(
            lines.get(0), String.join(" ", lines.subList(1, lines.size())), cause);
      }
    }
    return null;
  }
}
