package io.telemetryinject.coordinator.manifest;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.tree.PathText;

/**
 * Something that a run carried over to its output as it was.
 *
 * @param carried path relative to the root, as {@link PathText} writes it
 * @param content of a file its digest, of a link its target, of a folder nothing
 * @throws IllegalArgumentException when the path is no path inside a tree
 */
public record CarriedRecord(String carried, Kind kind, String content) {

  /** What is carried over. */
  public enum Kind {
    FILE,
    LINK,
    FOLDER
  }

  public CarriedRecord {
    PathText.check(requireNonNull(carried, "carried is missing"));
    requireNonNull(kind, "kind is missing");
    requireNonNull(content, "content is missing");
  }
}
