package io.telemetryinject.coordinator.order;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where, and with how much of this machine, orders are carried out.
 *
 * @param clones directory that keeps clones and the trees of their commits from run to run
 * @param outputs directory that keeps trees on their way to buckets
 * @param digests directory where digests of input files are remembered; null for none
 * @param leftOut directories that are never input, wherever they lie
 * @param assemblers how many threads assemble files
 * @param patience how long no outcome may come before unfinished files are asked for again
 */
public record WorkPlace(
    Path clones,
    Path outputs,
    @Nullable Path digests,
    Set<Path> leftOut,
    int assemblers,
    Duration patience) {
  public WorkPlace {
    requireNonNull(clones, "clones is null");
    requireNonNull(outputs, "outputs is null");
    leftOut = Set.copyOf(leftOut);
    requireNonNull(patience, "patience is null");
  }

  /** All in one directory. */
  public static WorkPlace in(Path directory, int assemblers, Duration patience) {
    return new WorkPlace(
        directory.resolve("git"),
        directory.resolve("outputs"),
        directory.resolve("digests"),
        Set.of(directory),
        assemblers,
        patience);
  }

  /** The same with a clone for this purpose alone, so that others may fetch at the same time. */
  public WorkPlace withClonesFor(String purpose) {
    return new WorkPlace(clones.resolve(purpose), outputs, digests, leftOut, assemblers, patience);
  }
}
