package io.telemetryinject.coordinator.policy;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.model.ExceptionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code telemetry.yaml} says.
 *
 * @param includes globs of source files to instrument; empty for all
 * @param excludes globs of source files to carry over as they are
 * @param selection which functions of these
 * @param exceptions whether exceptions are reported, or null where it says nothing of them
 * @param intent what telemetry is to say beyond entry, exit and error; empty for none
 */
public record PolicyFile(
    List<String> includes,
    List<String> excludes,
    Selection selection,
    @Nullable ExceptionPolicy exceptions,
    String intent) {
  /** Where a tree's own policy lies, in its root. */
  public static final String NAME = "telemetry.yaml";

  private static final PolicyFile NONE =
      new PolicyFile(List.of(), List.of(), Selection.everything(), null, "");

  public PolicyFile {
    includes = List.copyOf(includes);
    excludes = List.copyOf(excludes);
    requireNonNull(selection, "selection is null");
    requireNonNull(intent, "intent is null");
  }

  /** Nothing is said: everything is instrumented. */
  public static PolicyFile none() {
    return NONE;
  }

  /**
   * The policy that holds for an input.
   *
   * @param named by the user, or null for the one in the input's root, if there is one
   * @throws InputProblem when it is missing, malformed, or not in the input
   */
  public static PolicyFile find(@Nullable Path named, Path input) throws InputProblem, IOException {
    if (named != null) {
      if (!Files.isRegularFile(named)) {
        throw new InputProblem(
            "the policy " + named + " is not a file", "Name an existing file with --policy.");
      }
      return PolicyReader.read(named);
    }
    Path own = input.resolve(NAME);
    if (!Files.isRegularFile(own)) {
      return NONE;
    }
    if (!own.toRealPath().startsWith(input.toRealPath())) {
      throw new InputProblem(
          "the policy " + own + " is a link that leaves the input",
          "Put the file itself there, or name it with --policy.");
    }
    return PolicyReader.read(own);
  }

  /** What holds where the user may have chosen already. */
  public ExceptionPolicy exceptionsUnless(@Nullable ExceptionPolicy chosen) {
    if (chosen != null) {
      return chosen;
    }
    return exceptions == null ? ExceptionPolicy.CAPTURE : exceptions;
  }

  /** The includes of both. */
  public List<String> includesWith(List<String> others) {
    return Stream.concat(includes.stream(), others.stream()).toList();
  }

  /** The excludes of both. */
  public List<String> excludesWith(List<String> others) {
    return Stream.concat(excludes.stream(), others.stream()).toList();
  }
}
