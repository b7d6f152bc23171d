package io.telemetryinject.coordinator.order;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.s3.S3Options;
import io.telemetryinject.cache.s3.S3Settings;
import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.InputProblem;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the result of an order goes. */
public sealed interface OrderedOutput {

  /** Somewhere on this machine, or nowhere. */
  record Here(Destination destination) implements OrderedOutput {
    public Here {
      requireNonNull(destination, "destination is null");
    }
  }

  /**
   * A place in a bucket.
   *
   * @param name as it was ordered, e.g. {@code s3://builds/nightly}
   */
  record Bucket(String name, S3Settings settings) implements OrderedOutput {
    public Bucket {
      requireNonNull(name, "name is null");
      requireNonNull(settings, "settings is null");
    }
  }

  /**
   * What a name stands for: a place in a bucket, a patch, or else a directory.
   *
   * @param bucket how buckets are reached
   * @throws InputProblem when it names a bucket, but not properly
   */
  static OrderedOutput of(String name, S3Options bucket) throws InputProblem {
    if (namesBucket(name)) {
      try {
        return new Bucket(name, bucket.settings(name));
      } catch (IllegalArgumentException e) {
        throw new InputProblem(
            String.valueOf(e.getMessage()),
            "For example s3://builds/nightly, and http://localhost:9000 as an S3 endpoint.");
      }
    }
    Path path = Path.of(name);
    return new Here(namesPatch(name) ? new Destination.Patch(path) : new Destination.Tree(path));
  }

  /** Whether an output goes to a bucket. */
  static boolean namesBucket(String name) {
    return name.startsWith("s3://");
  }

  /** Whether an output is one patch. */
  static boolean namesPatch(String name) {
    return (name.endsWith(".patch") || name.endsWith(".diff"))
        && !namesBucket(name)
        && !Files.isDirectory(Path.of(name));
  }
}
