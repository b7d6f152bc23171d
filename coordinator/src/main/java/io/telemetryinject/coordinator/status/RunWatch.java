package io.telemetryinject.coordinator.status;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.RunReport;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.FunctionRecord;
import io.telemetryinject.coordinator.order.Ending;
import io.telemetryinject.coordinator.order.Reasons;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps count of one run, from any thread, so that its status can be told at any time. */
public final class RunWatch implements RunListener {
  private final Order order;
  private final Clock clock;
  private final Instant submitted;
  private final List<RunStatus.Failure> failures = new ArrayList<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private RunStatus.State state = RunStatus.State.QUEUED;
  private @Nullable String run;
  private @Nullable String message;
  private @Nullable Instant started;
  private @Nullable Instant ended;
  private Effort effort = Effort.none();
  private int files;
  private int filesWritten;
  private int functions;
  private int tasks;
  private int tasksDecided;
  private int cacheHits;

  /**
   * What was asked for, in words that may be shown to anybody who may watch.
   *
   * @param page where a person can watch, if anywhere
   */
  public record Order(
      String name, String input, @Nullable String ref, String output, @Nullable String page) {
    public Order {
      requireNonNull(name, "name is null");
      requireNonNull(input, "input is null");
      requireNonNull(output, "output is null");
    }
  }

  /**
   * @param submitted when the run was asked for
   */
  public RunWatch(Order order, Instant submitted, Clock clock) {
    this.order = requireNonNull(order, "order is null");
    this.submitted = requireNonNull(submitted, "submitted is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Work is put off, and begins again with what was done. */
  public synchronized void queued() {
    state = RunStatus.State.QUEUED;
  }

  /** Work begins: the input is opened. */
  public synchronized void preparing() {
    state = RunStatus.State.PREPARING;
    started = clock.instant();
  }

  /** The input is read, and the run's identity known. */
  public synchronized void identified(RunId id) {
    run = id.digest();
  }

  /** The result is about to be sent away. */
  public synchronized void publishing() {
    state = RunStatus.State.PUBLISHING;
  }

  /** The order was carried out, or could not be. */
  public void ended(Ending ending) {
    RunStatus.State end =
        switch (ending.exitCode()) {
          case Ending.CLEAN, Ending.PROBLEMS -> RunStatus.State.COMPLETED;
          case Ending.REFUSED -> RunStatus.State.REFUSED;
          default -> RunStatus.State.STOPPED;
        };
    ended(end, ending.sentences());
  }

  /** Nothing more happens. */
  public synchronized void ended(RunStatus.State end, String why) {
    state = end;
    message = why.isEmpty() ? null : why;
    ended = clock.instant();
  }

  @Override
  public synchronized void listed(int sourceFiles) {
    state = RunStatus.State.RUNNING;
    files = sourceFiles;
  }

  @Override
  public synchronized void planned(int found, int needed) {
    functions += found;
    tasks += needed;
  }

  @Override
  public synchronized void decided(int more) {
    tasksDecided += more;
  }

  @Override
  public synchronized void spent(Effort sum, int hits) {
    effort = sum;
    cacheHits = hits;
  }

  @Override
  public synchronized void settled(FileRecord file, boolean found) {
    outcomes.merge("applied", file.applied(), Integer::sum);
    outcomes.merge("unchanged", file.unchanged(), Integer::sum);
    file.others().forEach(function -> count(file.path(), function));
  }

  private void count(String path, FunctionRecord function) {
    Outcome outcome = function.outcome();
    outcomes.merge(Reasons.kindOf(outcome), 1, Integer::sum);
    boolean failure = outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Failed;
    if (failure && failures.size() < RunStatus.MAX_FAILURES) {
      failures.add(
          new RunStatus.Failure(
              path,
              function.qualifiedName(),
              function.line(),
              Reasons.kindOf(outcome),
              Reasons.nameOf(outcome),
              Reasons.detailOf(outcome)));
    }
  }

  @Override
  public synchronized void written() {
    filesWritten++;
  }

  /** The report counts: it also has files that could not even be read. */
  @Override
  public synchronized void reported(RunReport report) {
    run = report.run().digest();
    functions = report.functions();
    tasks = report.tasks();
    effort = report.effort();
    cacheHits = report.cacheHits();
    failures.clear();
    outcomes.clear();
    report.notApplied().forEach(entry -> count(entry.path(), entry.function()));
    outcomes.put("applied", report.applied());
    outcomes.put("unchanged", report.unchanged());
  }

  /** How the run goes now. */
  public synchronized RunStatus status() {
    return new RunStatus(
        order.name(),
        run,
        order.input(),
        order.ref(),
        order.output(),
        state,
        message,
        submitted,
        started,
        ended,
        clock.instant(),
        files,
        filesWritten,
        functions,
        tasks,
        tasksDecided,
        new RunStatus.Outcomes(
            count("applied"),
            count("unchanged"),
            count("skipped"),
            count("rejected"),
            count("failed")),
        cacheHits,
        effort.modelCalls(),
        effort.microDollars(),
        failures,
        order.page());
  }

  private int count(String kind) {
    return outcomes.getOrDefault(kind, 0);
  }
}
