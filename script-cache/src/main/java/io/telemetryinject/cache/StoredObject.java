package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a listing says of an object.
 *
 * @param name the last part of its key
 * @param bytes its size; 0 for what is no object, such as a directory
 * @param lastModified by the store's clock
 */
public record StoredObject(String name, long bytes, Instant lastModified) {
  public StoredObject {
    requireNonNull(name, "name is null");
    requireNonNull(lastModified, "lastModified is null");
  }
}
