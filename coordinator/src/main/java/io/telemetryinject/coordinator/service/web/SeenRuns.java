package io.telemetryinject.coordinator.service.web;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.service.RunDesk;
import io.telemetryinject.coordinator.service.WatchedRuns;
import io.telemetryinject.model.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The service's own runs and those of other coordinators, as one list. */
final class SeenRuns {
  private static final int MAX_LISTED = 200;

  /** Three words that did not come. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final RunDesk desk;
  private final WatchedRuns others;
  private final Clock clock;

  /**
   * A run as people see it.
   *
   * @param here whether this service carries it out, and can cancel it
   * @param silent whether its coordinator has not been heard of for a while, though it should be
   */
  record SeenRun(boolean here, boolean silent, RunStatus status) {}

  SeenRuns(RunDesk desk, WatchedRuns others, Clock clock) {
    this.desk = requireNonNull(desk, "desk is null");
    this.others = requireNonNull(others, "others is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The latest runs, the last one first, without their failures. */
  List<SeenRun> all() {
    List<RunStatus> own = desk.runs();
    Set<String> names = own.stream().map(RunStatus::name).collect(Collectors.toSet());
    List<SeenRun> all = new ArrayList<>();
    own.forEach(status -> all.add(new SeenRun(true, false, status.withoutFailures())));
    others.all().stream()
        .filter(status -> !names.contains(status.name()))
        .forEach(status -> all.add(other(status.withoutFailures())));
    all.sort(Comparator.comparing((SeenRun run) -> run.status().submitted()).reversed());
    return all.subList(0, Math.min(MAX_LISTED, all.size()));
  }

  Optional<SeenRun> find(String name) {
    Optional<SeenRun> own = desk.status(name).map(status -> new SeenRun(true, false, status));
    return own.isPresent() ? own : others.status(name).map(this::other);
  }

  /** The same, or an answer that there is none. */
  SeenRun get(String name) {
    return find(name).orElseThrow(() -> Problem.noRun(name));
  }

  private SeenRun other(RunStatus status) {
    boolean overdue = Duration.between(status.updated(), clock.instant()).compareTo(SILENCE) > 0;
    return new SeenRun(false, overdue && !status.state().isEnd(), status);
  }
}
