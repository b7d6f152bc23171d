package io.telemetryinject.sandbox;

import java.util.List;

/** Judges a new script by its own tests, lint and behaviour, in a sandbox. */
public interface ScriptValidator extends AutoCloseable {

  /**
   * @param script the new insertion script
   * @param tests its pytest file, which imports it as {@code insertion_script}
   * @param samples functions of the script's shape to try it on
   * @param showable how many of them, from the first on, a report may name and quote; the others
   *     are somebody's code
   */
  record Candidate(String script, String tests, List<ScriptCall> samples, int showable) {
    public Candidate {
      samples = List.copyOf(samples);
    }

    /** With samples that a report may quote. */
    public Candidate(String script, String tests, List<ScriptCall> samples) {
      this(script, tests, samples, samples.size());
    }
  }

  /**
   * Runs the steps in order and stops at the first that fails: syntax, imports and banned calls,
   * lint, tests, tests against a no-op and against mutants, determinism, idempotence. The
   * verifier's step is the caller's.
   */
  ValidationReport validate(Candidate candidate);

  /**
   * Judges tests alone, by a script that is known to be right: they must compile, pass on it, and
   * fail on a no-op and on mutants of it.
   */
  ValidationReport weigh(String tests, String rightScript);

  @Override
  void close();
}
