package io.telemetryinject.coordinator.git;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where git's knowledge of an input lies, if the input is no work tree of its own.
 *
 * @param repository directory of a bare repository, or {@code .git}
 * @param index what the input's files are, and what the file system said of them when they were
 *     written
 * @param commit id of the commit that the input is of
 */
public record GitRoot(Path repository, Path index, String commit) {
  public GitRoot {
    requireNonNull(repository, "repository is null");
    requireNonNull(index, "index is null");
    requireNonNull(commit, "commit is null");
  }
}
