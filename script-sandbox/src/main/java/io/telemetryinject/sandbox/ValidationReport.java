package io.telemetryinject.sandbox;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The receipt of a validation: evidence for people, never authority.
 *
 * @param steps what was tried, in order; the last one failed unless {@link #passed()}
 * @param testsPassed how many generated tests passed on the script
 * @param testsFailed how many failed
 * @param lintScore pylint's, 0 to 10; NaN when not reached
 * @param durationMillis of the whole validation
 */
public record ValidationReport(
    List<Step> steps, int testsPassed, int testsFailed, double lintScore, long durationMillis) {

  /**
   * @param name e.g. {@code syntax}, {@code lint}, {@code tests}
   * @param detail what failed, for a person and for healing; empty when it passed
   */
  public record Step(String name, boolean passed, String detail) {
    public Step {
      requireNonNull(name, "name is null");
      requireNonNull(detail, "detail is null");
    }
  }

  /** What a step's detail begins with that came to no result: that may be the machine's fault. */
  public static final String NO_RESULT = "no result: ";

  public ValidationReport {
    steps = List.copyOf(steps);
  }

  public boolean passed() {
    return !steps.isEmpty() && steps.stream().allMatch(Step::passed);
  }
}
