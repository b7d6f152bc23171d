package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkArgument;
import static io.telemetryinject.model.Checks.copy;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a run goes, or ended: the last word of its coordinator, kept on {@code runs} under its name.
 *
 * @param name of the run, which no other run under way has
 * @param run its identity, known once the input was read
 * @param input as it may be shown, without credentials
 * @param ref branch, tag or commit, if one was asked for
 * @param output directory, patch, or place in a bucket
 * @param message a sentence or two on why it ended as it did
 * @param submitted when it was asked for
 * @param started when work began
 * @param ended when nothing was left to do
 * @param updated when this was said
 * @param files source files found
 * @param filesWritten of those, in the output
 * @param functions found so far
 * @param tasks functions that needed a script so far
 * @param tasksDecided of those, with an outcome
 * @param outcomes of functions whose files are written
 * @param cacheHits tasks whose script was in the cache
 * @param modelCalls answered by a language model
 * @param microDollars charged for them, in millionths of a US dollar
 * @param failures functions that were rejected or failed, the first {@value #MAX_FAILURES}
 * @param page where a person can watch it, if anywhere
 */
public record RunStatus(
    String name,
    @Nullable String run,
    String input,
    @Nullable String ref,
    String output,
    State state,
    @Nullable String message,
    Instant submitted,
    @Nullable Instant started,
    @Nullable Instant ended,
    Instant updated,
    int files,
    int filesWritten,
    int functions,
    int tasks,
    int tasksDecided,
    Outcomes outcomes,
    int cacheHits,
    int modelCalls,
    long microDollars,
    List<Failure> failures,
    @Nullable String page) {
  public static final int MAX_FAILURES = 50;

  /** No text in a status is longer, in characters. */
  public static final int MAX_TEXT = 500;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  /** How far a run is. */
  public enum State {
    QUEUED,
    /** The input is fetched and read. */
    PREPARING,
    RUNNING,
    /** The result is sent to its bucket. */
    PUBLISHING,
    /** Every file is written, also where functions were rejected or failed. */
    COMPLETED,
    /** Nothing was written: the order or the input does not allow it. */
    REFUSED,
    /** By budget or interruption; the same order resumes. */
    STOPPED,
    CANCELLED;

    /** Whether nothing more happens. */
    public boolean isEnd() {
      return this == COMPLETED || this == REFUSED || this == STOPPED || this == CANCELLED;
    }
  }

  /** Functions by what became of them. */
  public record Outcomes(int applied, int unchanged, int skipped, int rejected, int failed) {
    public static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0);
  }

  /**
   * A function that stayed as it was.
   *
   * @param line of its header, 1-based; 0 for a whole file
   * @param outcome {@code rejected} or {@code failed}
   * @param reason its name, e.g. {@code PARSE}
   * @param detail what is known beyond that; may be empty
   */
  public record Failure(
      String path, String function, int line, String outcome, String reason, String detail) {
    public Failure {
      path = cut(requireNonNull(path, "path is missing"));
      function = cut(requireNonNull(function, "function is missing"));
      outcome = cut(requireNonNull(outcome, "outcome is missing"));
      reason = cut(requireNonNull(reason, "reason is missing"));
      detail = cut(requireNonNull(detail, "detail is missing"));
    }
  }

  public RunStatus {
    checkArgument(isName(requireNonNull(name, "name is missing")), "not a run's name: %s", name);
    input = cut(requireNonNull(input, "input is missing"));
    ref = ref == null ? null : cut(ref);
    output = cut(requireNonNull(output, "output is missing"));
    requireNonNull(state, "state is missing");
    message = message == null ? null : cut(message);
    requireNonNull(submitted, "submitted is missing");
    requireNonNull(updated, "updated is missing");
    outcomes = outcomes == null ? Outcomes.NONE : outcomes;
    failures = copy(failures, "failures").stream().limit(MAX_FAILURES).toList();
    page = page == null ? null : cut(page);
  }

  /** Whether a run may be called that: letters, digits, dots, dashes, at most 63. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The same, said at another time. */
  public RunStatus withUpdated(Instant time) {
    return with(time, failures);
  }

  /** The same for a list of runs. */
  public RunStatus withoutFailures() {
    return with(updated, List.of());
  }

  private RunStatus with(Instant time, List<Failure> listed) {
    return new RunStatus(
        name,
        run,
        input,
        ref,
        output,
        state,
        message,
        submitted,
        started,
        ended,
        time,
        files,
        filesWritten,
        functions,
        tasks,
        tasksDecided,
        outcomes,
        cacheHits,
        modelCalls,
        microDollars,
        listed,
        page);
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
  }
}
