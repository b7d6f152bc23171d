package io.telemetryinject.coordinator.output;

import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.tree.FileDigests;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * What a run into a tree may build on.
 *
 * @param earlier manifest of the runs before it; whoever gets it closes it
 * @param incremental whether the last run was completed, and what it left need not be read again
 * @param unread whether a file of the input has the content it had then, as something surer than
 *     reading says; without that, its content tells
 * @param digests of the input's files
 */
public record TreeBasis(
    Manifest earlier, boolean incremental, Predicate<Path> unread, FileDigests digests) {}
