package io.telemetryinject.coordinator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.assemble.CompletedFile;
import io.telemetryinject.coordinator.assemble.FileAssembler;
import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.output.RunOutput;
import io.telemetryinject.coordinator.split.FileSplitter;
import io.telemetryinject.coordinator.split.PlannedFile;
import io.telemetryinject.coordinator.tree.TreeEntry;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.sandbox.ScriptSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One run: splits an input tree into tasks, waits for their outcomes and has the files assembled.
 *
 * <p>It does not know how tasks travel: a {@link TaskPublisher} takes them, and whoever brings
 * outcomes calls {@link #accept}.
 */
public final class RunCoordinator implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final RunPlan plan;
  private final RunPolicy policy;
  private final LanguagePacks packs;
  private final RunListener listener;
  private final RunOutput output;
  private final RunLedger ledger;
  private final RunTally tally = new RunTally();
  private final AssemblyLine line;
  private final long started = System.nanoTime();
  private volatile long lastProgress = System.nanoTime();

  /**
   * @param plan of the run, with its input read and its identity known
   * @param compiler where results are compiled
   */
  public RunCoordinator(
      RunPlan plan, LanguagePacks packs, ScriptSandbox compiler, RunListener listener)
      throws IOException {
    this.plan = requireNonNull(plan, "plan is null");
    this.policy = plan.request().policy().withExecution(UUID.randomUUID().toString());
    this.packs = requireNonNull(packs, "packs is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.output = plan.openOutput();
    this.ledger = new RunLedger(plan.run());
    FileAssembler assembler =
        new FileAssembler(
            plan.root(), packs, plan.request().policy(), plan.request().selection(), compiler);
    this.line =
        new AssemblyLine(
            assembler,
            output,
            plan.request().assemblers(),
            file -> {
              tally.count(file.fileRecord(), false);
              listener.settled(file.fileRecord(), false);
              listener.written();
            });
  }

  /** Which functions still wait; for a transport that must know what it may forget. */
  public RunLedger ledger() {
    return ledger;
  }

  /**
   * Tells this run, whenever it is tried, from others of the same input and policy that go
   * elsewhere.
   */
  public String name() {
    return plan.run().shortForm() + "-" + plan.request().destination().name().substring(0, 8);
  }

  /**
   * Takes outcomes in, from any thread, in any order, any number of times.
   *
   * @return how many functions were decided by them
   */
  public int accept(OutcomeBatch batch) {
    RunLedger.Progress progress = ledger.accept(batch);
    if (progress.decided() > 0) {
      lastProgress = System.nanoTime();
      listener.decided(progress.decided());
      listener.spent(ledger.effort(), ledger.cacheHits());
      listener.answered(progress.decided(), progress.passage());
    }
    progress.completed().ifPresent(line::add);
    return progress.decided();
  }

  /**
   * Runs to the end.
   *
   * @throws RunInterruption when reading, sending or writing failed; what is done is safe
   */
  public RunReport run(TaskPublisher publisher) throws RunInterruption, InterruptedException {
    int files = plan.files().size();
    try {
      listener.began(ledger, policy);
      plan.remarks().forEach(listener::remark);
      listener.listed(files);
      for (RunReport.Entry refused : plan.refused()) {
        tally.countRefused(refused.path(), refused.function());
        listener.refused(refused.function());
      }
      output.prepare(plan.wanted());
      output.carryOver(plan.carriedOver());
      for (InputFiles.Source source : plan.files()) {
        line.check();
        begin(source.file(), source.ref(), publisher);
      }
      await(files, publisher);
      output.complete();
      output.remarks().forEach(listener::remark);
    } catch (IOException e) {
      throw new RunInterruption(e, tally.files(), files);
    }
    return tally.report(plan.run(), ledger, (System.nanoTime() - started) / 1_000_000);
  }

  private void begin(TreeEntry.SourceFile source, FileRef file, TaskPublisher publisher)
      throws IOException, InterruptedException {
    Optional<FileRecord> finished = output.finished(source, file.digest());
    if (finished.isPresent()) {
      FileRecord found = finished.get();
      output.keep(source, found);
      boolean instrumentedBefore = !found.before().equals(file.digest());
      FileRecord seen = instrumentedBefore ? found.seenAgain() : found;
      tally.count(seen, true);
      listener.settled(seen, true);
      listener.planned(found.applied() + found.unchanged() + found.others().size(), 0);
      listener.written();
      return;
    }
    publisher.awaitRoom();
    PlannedFile planned = split(source, file);
    listener.planned(planned.tasks() + planned.settled().size(), planned.tasks());
    tally.countTasks(planned.tasks());
    if (planned.batches().isEmpty()) {
      line.add(new CompletedFile(source.path(), file, Map.of()));
      return;
    }
    ledger.expect(planned);
    publish(planned.batches(), publisher);
  }

  private PlannedFile split(TreeEntry.SourceFile source, FileRef file) throws IOException {
    byte[] bytes = Files.readAllBytes(plan.root().resolve(source.path()));
    return new FileSplitter(packs, plan.run(), policy, plan.request().selection())
        .split(source.path(), file, bytes);
  }

  private void publish(Collection<FunctionTaskBatch> batches, TaskPublisher publisher)
      throws IOException, InterruptedException {
    for (FunctionTaskBatch batch : batches) {
      publisher.publish(batch);
      ledger.published(batch.file());
    }
  }

  private void await(int files, TaskPublisher publisher) throws IOException, InterruptedException {
    Duration patience = plan.request().patience();
    boolean askedAgain = false;
    lastProgress = System.nanoTime();
    while (!tally.await(files, LOOK_MILLIS)) {
      line.check();
      publisher.check();
      Duration idle = Duration.ofNanos(System.nanoTime() - lastProgress);
      listener.waiting(idle);
      if (idle.compareTo(patience) > 0) {
        if (askedAgain) {
          ledger.giveUp().forEach(line::add);
        } else {
          askAgain(publisher);
          askedAgain = true;
        }
        lastProgress = System.nanoTime();
      }
    }
  }

  private void askAgain(TaskPublisher publisher) throws IOException, InterruptedException {
    for (Path path : ledger.openFiles()) {
      for (InputFiles.Source source : plan.files()) {
        if (source.file().path().equals(path)) {
          publish(split(source.file(), source.ref()).batches(), publisher);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    line.close();
    listener.ended();
    output.close();
  }
}
