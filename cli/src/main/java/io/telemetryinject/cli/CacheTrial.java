package io.telemetryinject.cli;

import io.telemetryinject.cache.AuditedScript;
import io.telemetryinject.cache.CacheFinding;
import io.telemetryinject.cache.CacheMaintenance;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ScriptVerifier;
import io.telemetryinject.generator.Revalidation;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.PythonScriptValidator;
import io.telemetryinject.sandbox.SandboxSettings;
import io.telemetryinject.sandbox.ValidationReport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tries a cache's scripts again, as many at a time as there are workers. */
final class CacheTrial implements AutoCloseable {
  private static final long LINE_NANOS = 5_000_000_000L;

  private final PrintStream err;
  private final CacheMaintenance maintenance;
  private final ScriptVerifier verifier;
  private final ProcessSandbox sandbox;
  private final PythonScriptValidator validator;
  private final Revalidation revalidation;
  private final ExecutorService threads;

  CacheTrial(
      PrintStream err, CacheMaintenance maintenance, ScriptVerifier verifier, ScriptOptions scripts)
      throws Complaint {
    this.err = err;
    this.maintenance = maintenance;
    this.verifier = verifier;
    SandboxSettings settings =
        SandboxSettings.strict(PythonCommand.find(scripts.python), scripts.maxWorkers)
            .withMode(scripts.sandbox);
    this.sandbox = new ProcessSandbox(settings);
    this.validator = new PythonScriptValidator(settings);
    this.revalidation =
        new Revalidation(new LanguagePacks(List.of(new PythonPack())), validator, sandbox);
    this.threads = Executors.newFixedThreadPool(scripts.maxWorkers);
  }

  /**
   * Tries scripts that are usable now; what fails is quarantined.
   *
   * @param sample how many, chosen at random; null for all
   * @return how many were tried
   */
  int run(@Nullable Integer sample, Consumer<CacheFinding> findings)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>(maintenance.usable());
    if (sample != null && sample < names.size()) {
      Collections.shuffle(names);
      names = names.subList(0, sample);
    }
    ExecutorCompletionService<Optional<CacheFinding>> trials =
        new ExecutorCompletionService<>(threads);
    names.forEach(name -> trials.submit(() -> tryAgain(name)));
    long lastLine = System.nanoTime();
    for (int done = 1; done <= names.size(); done++) {
      try {
        trials.take().get().ifPresent(findings);
      } catch (ExecutionException e) {
        throw cause(e);
      }
      if (System.nanoTime() - lastLine > LINE_NANOS) {
        lastLine = System.nanoTime();
        err.printf("telemetry-inject: %,d of %,d scripts tried again%n", done, names.size());
      }
    }
    return names.size();
  }

  private static IOException cause(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException problem) {
      throw problem;
    }
    return e.getCause() instanceof IOException problem ? problem : new IOException(e.getCause());
  }

  private Optional<CacheFinding> tryAgain(String name) throws IOException {
    Optional<AuditedScript> script = maintenance.audit(name, verifier);
    if (script.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> complaint = revalidation.complaint(script.get());
    if (complaint.isPresent()) {
      complaint = complaintAlone(script.get());
    }
    if (complaint.isPresent() && !complaint.get().contains(ValidationReport.NO_RESULT)) {
      maintenance.quarantine(name, complaint.get(), QuarantineListener.logging());
    }
    return complaint.map(detail -> new CacheFinding(CacheFinding.Kind.FAILED, name, detail));
  }

  /** A busy machine is not a script's fault: it is tried once more, with nothing beside it. */
  private synchronized Optional<String> complaintAlone(AuditedScript script) throws IOException {
    Optional<String> complaint = revalidation.complaint(script);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while a script was tried");
    }
    return complaint;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    validator.close();
    sandbox.close();
  }
}
