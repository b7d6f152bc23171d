package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.sandbox.JudgingJob.Aspect;
import io.telemetryinject.sandbox.JudgingJob.Judgement;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * Validates Python scripts: imports, lint and tests in a warm worker with pytest and pylint loaded,
 * behaviour in two script workers with different hash seeds. Safe for use by many threads.
 *
 * <p>Throws {@link SandboxUnavailableException} where a worker cannot be started or locked up, or
 * where the interpreter lacks pytest or pylint.
 */
public final class PythonScriptValidator implements ScriptValidator {
  static final double LINT_SCORE = 8.0;

  /** Tests and lint take longer than a call: their deadline is this many calls' deadlines. */
  private static final int JUDGING_DEADLINES = 10;

  private final Duration judgingDeadline;
  private final WorkerPool judges;
  private final ProcessSandbox sandbox;
  private final ProcessSandbox otherSeed;

  public PythonScriptValidator(SandboxSettings settings) {
    this.judgingDeadline = settings.deadline().multipliedBy(JUDGING_DEADLINES);
    this.judges = new WorkerPool(WorkerOptions.of(settings, WorkerKind.JUDGING));
    WorkerOptions scripts = WorkerOptions.of(settings, WorkerKind.SCRIPTS);
    this.sandbox = new ProcessSandbox(scripts.withHashSeed(1));
    this.otherSeed = new ProcessSandbox(scripts.withHashSeed(2));
  }

  /** Starts the workers for judging now, so that a missing package shows early. */
  public void start() {
    judges.start();
  }

  @Override
  public ValidationReport validate(Candidate candidate) {
    Steps steps = new Steps();
    String script = candidate.script();
    String tests = candidate.tests();
    if (steps.add("syntax", syntax(script, tests))
        && steps.lint(judge(Aspect.LINT, script))
        && steps.tests(judge(Aspect.TESTS, script, tests))
        && !candidate.samples().isEmpty()) {
      Behaviour behaviour =
          new Behaviour(sandbox, otherSeed, samples(candidate), candidate.showable());
      if (steps.add("determinism", behaviour.nondeterminism())) {
        steps.add("idempotence", behaviour.repetition());
      }
    }
    return steps.report();
  }

  @Override
  public ValidationReport weigh(String tests, String rightScript) {
    Steps steps = new Steps();
    if (steps.add("syntax", syntax(rightScript, tests))) {
      steps.tests(judge(Aspect.TESTS, rightScript, tests));
    }
    return steps.report();
  }

  private String syntax(String script, String tests) {
    List<String> messages = sandbox.compile(List.of(script.getBytes(UTF_8), tests.getBytes(UTF_8)));
    if (!messages.get(0).isEmpty()) {
      return "the script: " + messages.get(0);
    }
    return messages.get(1).isEmpty() ? "" : "the tests: " + messages.get(1);
  }

  private Judgement judge(Aspect aspect, String... texts) {
    JudgingJob job = new JudgingJob(aspect, texts);
    // What a script under trial does wrong is in its report; nobody need be alarmed.
    return new BatchRunner<>(judges, judgingDeadline, job, SandboxListener.none()).run(true).get(0);
  }

  private static List<ScriptCall> samples(Candidate candidate) {
    String digest = sha256(candidate.script());
    return candidate.samples().stream()
        .map(
            sample ->
                new ScriptCall(
                    candidate.script(),
                    digest,
                    sample.sourceCode(),
                    sample.qualifiedName(),
                    sample.parameters(),
                    sample.exceptions()))
        .toList();
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    judges.close();
    sandbox.close();
    otherSeed.close();
  }
}
