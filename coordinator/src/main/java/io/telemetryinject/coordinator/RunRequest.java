package io.telemetryinject.coordinator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.policy.Selection;
import io.telemetryinject.model.RunPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

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
 * @param shortcuts what need not be read
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
    Shortcuts shortcuts) {
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
    requireNonNull(shortcuts, "shortcuts is null");
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
        Shortcuts.NONE);
  }

  /** The same, but not everything is read. */
  public RunRequest with(Shortcuts allowed) {
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
        allowed);
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
