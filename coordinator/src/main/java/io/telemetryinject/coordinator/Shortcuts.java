package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.git.GitRoot;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a run may know of files without reading them.
 *
 * @param incremental whether files that are as in the last completed run to the same output are
 *     neither read nor done again
 * @param git what git knows of the input, if that is no work tree of its own
 * @param digests directory of this machine where digests of input files are remembered; null for
 *     none
 */
public record Shortcuts(boolean incremental, @Nullable GitRoot git, @Nullable Path digests) {
  /** Everything is read. */
  public static final Shortcuts NONE = new Shortcuts(false, null, null);
}
