package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An entry's objects on their way into a store.
 *
 * @param contents script, tests and receipt, in this order
 * @param metadata what makes it an entry
 * @param marker key of the object that would say that it is in quarantine
 */
public record EntryObjects(List<NewObject> contents, NewObject metadata, String marker) {

  /** Bytes under their key. */
  public record NewObject(String key, byte[] bytes) {
    public NewObject {
      requireNonNull(key, "key is null");
      requireNonNull(bytes, "bytes is null");
    }
  }

  public EntryObjects {
    contents = List.copyOf(contents);
    requireNonNull(metadata, "metadata is null");
    requireNonNull(marker, "marker is null");
  }

  /** The object that whoever writes this entry writes first. */
  public NewObject script() {
    return contents.get(0);
  }
}
