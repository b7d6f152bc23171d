package io.telemetryinject.coordinator.service;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.RunListener;
import io.telemetryinject.coordinator.git.GitAddress;
import io.telemetryinject.coordinator.messaging.KafkaOrders;
import io.telemetryinject.coordinator.messaging.WorkSettings;
import io.telemetryinject.coordinator.order.Ending;
import io.telemetryinject.coordinator.order.OrderedOutput;
import io.telemetryinject.coordinator.order.OrderedRun;
import io.telemetryinject.coordinator.order.RunOrder;
import io.telemetryinject.coordinator.order.WorkPlace;
import io.telemetryinject.coordinator.status.RunAnnouncer;
import io.telemetryinject.coordinator.status.RunWatch;
import io.telemetryinject.model.RunStatus;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes orders, carries several out at once, and after a restart resumes what had not ended. */
public final class RunDesk implements SmartLifecycle {
  private static final Logger LOGGER = LoggerFactory.getLogger(RunDesk.class);
  private static final long STOP_SECONDS = 15;

  private final ServiceSettings settings;
  private final WorkSettings work;
  private final AllowedPlaces allowed;
  private final RunStore store;
  private final KafkaOrders orders;
  private final RunAnnouncer announcer;
  private final Supplier<RunListener> measures;
  private final Clock clock = Clock.systemUTC();
  private final Map<String, DeskRun> underWay = new ConcurrentHashMap<>();
  private final Map<String, RunStatus> ended = new ConcurrentHashMap<>();
  private final Map<String, RunSubmission> submissions = new ConcurrentHashMap<>();
  private final ExecutorService workers;
  private volatile boolean running;

  /**
   * @param measures makes what measures a run
   */
  public RunDesk(
      ServiceSettings settings,
      WorkSettings work,
      KafkaOrders orders,
      RunAnnouncer announcer,
      Supplier<RunListener> measures)
      throws IOException {
    this.settings = requireNonNull(settings, "settings is null");
    this.work = requireNonNull(work, "work is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.announcer = requireNonNull(announcer, "announcer is null");
    this.measures = requireNonNull(measures, "measures is null");
    this.store = new RunStore(work.workDir().toAbsolutePath().resolve("runs"));
    this.allowed =
        new AllowedPlaces(
            settings.allowedInputs(), settings.allowedOutputs(), work.workDir().toAbsolutePath());
    this.workers = Executors.newFixedThreadPool(settings.runsAtOnce());
  }

  /**
   * Takes an order.
   *
   * @throws RefusedOrder when something is wrong about it
   * @throws OutputInUse when another run has its name, or writes where it would
   * @throws IOException when it cannot be kept; nothing is carried out then
   */
  public synchronized RunStatus submit(RunSubmission submission)
      throws RefusedOrder, OutputInUse, IOException {
    RunOrder order = submission.order(allowed, work.buckets());
    String name = submission.name() == null ? newName(submission) : submission.name();
    if (underWay.containsKey(name) || ended.containsKey(name)) {
      throw new OutputInUse("there is a run called " + name + " already", name);
    }
    DeskRun run = run(name, submission, order, clock.instant());
    for (DeskRun other : underWay.values()) {
      if (AllowedPlaces.collide(run.output(), other.output())) {
        String otherName = other.watch().status().name();
        throw new OutputInUse("run " + otherName + " writes there already", otherName);
      }
    }
    store.keep(name, new RunStore.Taken(submission.called(name), clock.instant()));
    forgetOldest();
    begin(name, submission, run);
    return run.watch().status();
  }

  /** The repository's name, and something that no other run has. */
  private static String newName(RunSubmission submission) {
    String last = String.valueOf(submission.input()).replaceAll("(\\.git)?/*$", "");
    last = last.substring(Math.max(last.lastIndexOf('/'), last.lastIndexOf(':')) + 1);
    String clean = last.replaceAll("[^A-Za-z0-9.-]", "-").replaceAll("^[.-]+", "");
    String start = clean.isEmpty() ? "run" : clean.substring(0, Math.min(clean.length(), 40));
    return start + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private DeskRun run(String name, RunSubmission submission, RunOrder order, Instant submitted) {
    String output = requireNonNull(submission.output(), "an order has an output");
    RunWatch.Order shown =
        new RunWatch.Order(
            name, GitAddress.shown(order.input()), order.ref(), output, settings.pageUrl());
    return new DeskRun(
        order, new RunWatch(shown, submitted, clock), AllowedPlaces.canonical(output));
  }

  private void begin(String name, RunSubmission submission, DeskRun run) {
    submissions.put(name, submission);
    underWay.put(name, run);
    RunAnnouncer.Announcement announcement = announcer.announce(run.watch());
    workers.execute(
        () -> {
          try (announcement) {
            perform(name, run);
          }
        });
  }

  private void perform(String name, DeskRun run) {
    if (run.begin()) {
      try {
        RunListener listener = RunListener.both(measures.get(), run.brake());
        Ending ending =
            orders.perform(
                run.order(),
                place(run),
                work.compiler(),
                run.watch(),
                listener,
                store.report(name));
        if (!run.isStopped() || ending.exitCode() <= Ending.PROBLEMS) {
          run.watch().ended(ending);
        }
      } catch (LinkageError | VirtualMachineError e) {
        LOGGER.atError().setCause(e).log("run {} broke off", name);
        run.watch().ended(RunStatus.State.STOPPED, "broke off: " + e);
      } finally {
        run.end();
      }
    }
    settle(name, run);
  }

  /** Runs that were cancelled have ended; runs that the service was stopped under will resume. */
  private synchronized void settle(String name, DeskRun run) {
    if (run.isCancelled() && !run.watch().status().state().isEnd()) {
      run.watch().ended(RunStatus.State.CANCELLED, "cancelled; what is done is safe");
    }
    RunStatus status = run.watch().status();
    if (!status.state().isEnd()) {
      run.watch().queued();
      return;
    }
    ended.put(name, status);
    underWay.remove(name);
    try {
      store.keep(status);
    } catch (IOException e) {
      LOGGER.atError().log("cannot keep how run {} ended: {}", name, e.toString());
    }
  }

  /** Runs to different outputs may fetch the same repository at the same time. */
  private WorkPlace place(DeskRun run) {
    return work.place().withClonesFor(Sha256.of(run.output()).substring(0, 12));
  }

  /** All runs of this service, the latest first. */
  public List<RunStatus> runs() {
    List<RunStatus> all = new ArrayList<>(ended.values());
    underWay.values().forEach(run -> all.add(run.watch().status()));
    all.sort(Comparator.comparing(RunStatus::submitted).reversed());
    return all;
  }

  /** How a run of this service goes, or went. */
  public Optional<RunStatus> status(String name) {
    DeskRun run = underWay.get(name);
    return run == null ? Optional.ofNullable(ended.get(name)) : Optional.of(run.watch().status());
  }

  /** Has a run end, if it has not; false if there is none under way. */
  public boolean cancel(String name) {
    DeskRun run = underWay.get(name);
    if (run != null && !run.stop(true)) {
      settle(name, run);
    }
    return run != null;
  }

  /** The report of a run that has come to its end. */
  public Optional<Path> report(String name) {
    return Optional.of(store.report(name))
        .filter(file -> ended.containsKey(name) && Files.exists(file));
  }

  /** The tree that a run makes; of a patch none. */
  public Optional<Path> tree(String name) {
    RunSubmission submission = submissions.get(name);
    try {
      return submission == null
          ? Optional.empty()
          : tree(submission.order(allowed, work.buckets()).output());
    } catch (RefusedOrder notAnyMore) {
      return Optional.empty();
    }
  }

  private Optional<Path> tree(OrderedOutput output) {
    if (output instanceof OrderedOutput.Bucket bucket) {
      return Optional.of(OrderedRun.treeOf(bucket, work.place()));
    }
    return ((OrderedOutput.Here) output).destination() instanceof Destination.Tree tree
        ? Optional.of(tree.root())
        : Optional.empty();
  }

  private void forgetOldest() throws IOException {
    List<RunStatus> oldest = new ArrayList<>(ended.values());
    oldest.sort(Comparator.comparing(RunStatus::submitted));
    for (RunStatus status : oldest.subList(0, Math.max(0, oldest.size() - settings.keptRuns()))) {
      ended.remove(status.name());
      submissions.remove(status.name());
      store.forget(status.name());
    }
  }

  @Override
  public synchronized void start() {
    running = true;
    try {
      store.all().forEach(this::resume);
    } catch (IOException e) {
      throw new ServiceRefusedException(
          "the orders in " + work.workDir() + " cannot be read: " + e.getMessage(),
          "Mend the directory, or name another with telemetry-inject.work-dir.");
    }
  }

  private void resume(RunStore.Kept kept) {
    RunSubmission submission = kept.taken().submission();
    String name = requireNonNull(submission.name(), "kept orders have names");
    if (kept.status().isPresent()) {
      submissions.put(name, submission);
      ended.put(name, kept.status().get());
      return;
    }
    try {
      RunOrder order = submission.order(allowed, work.buckets());
      LOGGER.atInfo().log("run {} is resumed", name);
      begin(name, submission, run(name, submission, order, kept.taken().submitted()));
    } catch (RefusedOrder e) {
      LOGGER.atError().log("run {} is not allowed any more: {}", name, e.fields());
    }
  }

  @Override
  public void stop() {
    underWay.values().forEach(run -> run.stop(false));
    workers.shutdown();
    try {
      if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOGGER.atWarn().log("a run does not stop; it is resumed at the next start all the same");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
