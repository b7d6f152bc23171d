package io.telemetryinject.coordinator.manifest;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a later run must know of an earlier one to tell, without reading a file, whether that file
 * would come out the same again.
 *
 * @param lessons digest over all languages' lessons
 * @param commit id of the git commit that the input was of; empty when git knew nothing of it
 * @param uncommitted paths of files that were not, or not surely, as that commit has them
 * @param programs paths of source files that can be started by their own path
 */
public record RunBasis(
    String lessons, String commit, List<String> uncommitted, List<String> programs) {
  public RunBasis {
    lessons = requireNonNullElse(lessons, "");
    commit = requireNonNullElse(commit, "");
    uncommitted = listOf(uncommitted);
    programs = listOf(programs);
  }

  /** Of a run that a later one does not build on. */
  public static RunBasis unknown() {
    return new RunBasis("", "", List.of(), List.of());
  }

  /** A manifest of an earlier version lacks some. */
  private static List<String> listOf(@Nullable List<String> values) {
    return values == null ? List.of() : List.copyOf(values);
  }
}
