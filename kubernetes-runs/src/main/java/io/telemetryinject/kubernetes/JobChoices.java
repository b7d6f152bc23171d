package io.telemetryinject.kubernetes;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run is carried out; what is left out is as the template has it.
 *
 * @param name of the run and its Job; without one, it is made of the repository's name and the ref
 * @param owner who asks for the run
 * @param template the CronJob that is the run template, where there are several
 * @param deadline after which the run is ended
 * @param backoffLimit how many of its pods may fail before it is given up
 * @param allowParallel whether another run may write to the same output meanwhile
 */
public record JobChoices(
    @Nullable String name,
    String owner,
    @Nullable String template,
    @Nullable Duration deadline,
    @Nullable Integer backoffLimit,
    boolean allowParallel) {

  public JobChoices {
    requireNonNull(owner, "owner is null");
    if (deadline != null && deadline.toSeconds() < 1) {
      throw new IllegalArgumentException("the deadline is shorter than a second: " + deadline);
    }
    if (backoffLimit != null && backoffLimit < 0) {
      throw new IllegalArgumentException("the back-off limit is negative: " + backoffLimit);
    }
  }

  /** As the template has it. */
  public static JobChoices of(String owner) {
    return new JobChoices(null, owner, null, null, null, false);
  }
}
