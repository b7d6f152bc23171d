package io.telemetryinject.kubernetes;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as the cluster tells of it.
 *
 * @param reason why it waits or failed
 * @param started when its Job was begun
 * @param ended when it was over
 * @param restarts how many attempts there were after the first
 * @param exitCode what a command ends with that waited for it: 0 clean, 1 with problems, 2 refused,
 *     3 interrupted
 */
public record RunStatus(
    String name,
    String owner,
    String repo,
    String ref,
    String output,
    RunPhase phase,
    @Nullable String reason,
    @Nullable Instant started,
    @Nullable Instant ended,
    int restarts,
    int exitCode) {

  public RunStatus {
    requireNonNull(name, "name is null");
    requireNonNull(phase, "phase is null");
  }

  /** From its start to its end, or to now. */
  public Optional<Duration> duration(Instant now) {
    return Optional.ofNullable(started)
        .map(begin -> Duration.between(begin, ended == null ? now : ended));
  }

  /** The same, for another reason. */
  RunStatus because(String other) {
    return new RunStatus(
        name, owner, repo, ref, output, phase, other, started, ended, restarts, exitCode);
  }

  /** Phase and reason, e.g. {@code Failed (deadline of 8 h)}. */
  public String state() {
    return reason == null ? phase.word() : phase.word() + " (" + reason + ")";
  }
}
