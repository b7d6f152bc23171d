package io.telemetryinject.model;

import static io.telemetryinject.model.Checks.checkArgument;
import static io.telemetryinject.model.Checks.checkSha256;
import static java.util.Objects.requireNonNull;

/**
 * One source file of a run.
 *
 * @param path relative to the root of the input, separated by {@code /}; bytes of a name that are
 *     not UTF-8 stand as {@code %XX}
 * @param digest SHA-256 of the file's bytes, in hex
 * @param language the pack that understands the file
 */
public record FileRef(String path, String digest, Language language) {
  public FileRef {
    requireNonNull(language, "language is missing");
    checkSha256(digest, "file digest");
    checkArgument(!path.isEmpty() && !path.startsWith("/"), "path is not relative: %s", path);
    checkArgument(RelativePaths.isInside(path), "path leaves the root: %s", path);
  }

  /** The key of this file's records in every topic. */
  public String id() {
    return path;
  }
}
