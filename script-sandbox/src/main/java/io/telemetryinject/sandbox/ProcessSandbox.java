package io.telemetryinject.sandbox;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ErrorCode;
import java.util.List;

/**
 * Runs scripts in warm worker processes that lock themselves up, a forked child per batch.
 *
 * <p>A worker starts when it is first needed and lives until {@link #close()}; it ends with this
 * process, however this process ends. All methods throw {@link SandboxUnavailableException} where
 * no worker can be started or locked up.
 */
public final class ProcessSandbox implements ScriptSandbox {
  private final SandboxSettings settings;
  private final WorkerPool pool;
  private final SandboxListener listener;

  public ProcessSandbox(SandboxSettings settings) {
    this(settings, SandboxListener.none());
  }

  public ProcessSandbox(SandboxSettings settings, SandboxListener listener) {
    this(WorkerOptions.of(settings, WorkerKind.SCRIPTS), listener);
  }

  ProcessSandbox(WorkerOptions options) {
    this(options, SandboxListener.none());
  }

  private ProcessSandbox(WorkerOptions options, SandboxListener listener) {
    this.settings = requireNonNull(options.settings(), "settings is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.pool = new WorkerPool(options);
  }

  /** Starts all workers now, side by side, so that a sandbox that cannot be set up shows early. */
  public void start() {
    pool.start();
  }

  @Override
  public List<ScriptAnswer> run(List<ScriptCall> calls, Isolation isolation) {
    return run(calls, isolation, CallJob.Entry.INSERTIONS);
  }

  List<ScriptAnswer> run(List<ScriptCall> calls, Isolation isolation, CallJob.Entry entry) {
    CallJob job = new CallJob(List.copyOf(calls), entry);
    List<ScriptAnswer> answers =
        new BatchRunner<>(pool, settings.deadline(), job, listener)
            .run(isolation == Isolation.CALL);
    answers.stream()
        .filter(ProcessSandbox::ranOutOfMemory)
        .forEach(answer -> listener.killed(SandboxListener.Kill.MEMORY));
    return answers;
  }

  /** Python itself ends a call that is given no more memory. */
  private static boolean ranOutOfMemory(ScriptAnswer answer) {
    return answer instanceof ScriptAnswer.Broken broken
        && broken.code() == ErrorCode.SCRIPT
        && broken.kind().startsWith("MemoryError");
  }

  @Override
  public List<String> compile(List<byte[]> sources) {
    CompileJob job = new CompileJob(List.copyOf(sources));
    return new BatchRunner<>(pool, settings.deadline(), job, listener).run(false);
  }

  /** Workers that were started and not lost. */
  public int workers() {
    return pool.pids().size();
  }

  /** Those of them that wait for work. */
  public int idleWorkers() {
    return pool.idle();
  }

  /** Process ids of the workers that were started and not lost. */
  List<Long> workerPids() {
    return pool.pids();
  }

  /** Ends all workers; calls under way on other threads are answered as broken, or fail. */
  @Override
  public void close() {
    pool.close();
  }
}
