package io.telemetryinject.coordinator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.git.GitRoot;
import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.model.RunPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for.
 *
 * @param input directory to instrument
 * @param includes globs of source files to instrument; empty for all
 * @param excludes globs of source files to carry over as they are
 * @param selection which functions of these
 * @param leftOut directories inside the input that are none of its business, e.g. the script cache
 * @param assemblers how many threads assemble files
 * @param patience how long no outcome may come in before unfinished files are asked for again, and
 *     as long again before they are given up as lost
 * @param incremental whether files that are as in the last completed run to the same output are
 *     neither read nor done again
 * @param git what git knows of the input, if that is no work tree of its own
 */
public record RunRequest(
    Path input,
    Destination destination,
    RunPolicy policy,
    List<String> includes,
    List<String> excludes,
    Selection selection,
    Set<Path> leftOut,
    int assemblers,
    Duration patience,
    boolean incremental,
    @Nullable GitRoot git) {
  public RunRequest {
    requireNonNull(input, "input is null");
    requireNonNull(destination, "destination is null");
    requireNonNull(policy, "policy is null");
    includes = List.copyOf(includes);
    excludes = List.copyOf(excludes);
    requireNonNull(selection, "selection is null");
    leftOut = Set.copyOf(leftOut);
    if (assemblers < 1) {
      throw new IllegalArgumentException("assemblers is not positive: " + assemblers);
    }
    requireNonNull(patience, "patience is null");
  }

  /** Reads everything. */
  public RunRequest(
      Path input,
      Destination destination,
      RunPolicy policy,
      List<String> includes,
      List<String> excludes,
      Selection selection,
      Set<Path> leftOut,
      int assemblers,
      Duration patience) {
    this(
        input,
        destination,
        policy,
        includes,
        excludes,
        selection,
        leftOut,
        assemblers,
        patience,
        false,
        null);
  }

  /** The same, but building on the last completed run, or not. */
  public RunRequest withIncremental(boolean wanted) {
    return new RunRequest(
        input,
        destination,
        policy,
        includes,
        excludes,
        selection,
        leftOut,
        assemblers,
        patience,
        wanted,
        git);
  }

  /** The same, of an input that was written from a commit. */
  public RunRequest withGit(@Nullable GitRoot root) {
    return new RunRequest(
        input,
        destination,
        policy,
        includes,
        excludes,
        selection,
        leftOut,
        assemblers,
        patience,
        incremental,
        root);
  }

  /** Takes every function. */
  public RunRequest(
      Path input,
      Destination destination,
      RunPolicy policy,
      List<String> includes,
      List<String> excludes,
      Set<Path> leftOut,
      int assemblers,
      Duration patience) {
    this(
        input,
        destination,
        policy,
        includes,
        excludes,
        Selection.everything(),
        leftOut,
        assemblers,
        patience);
  }
}
