package io.telemetryinject.coordinator.service;

import io.telemetryinject.model.RecordCodec;
import io.telemetryinject.model.RecordFormatException;
import io.telemetryinject.model.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders and how they ended, a directory each, so that a service that was killed knows what it was
 * asked for. An order may hold a token of a repository: nobody else may read it.
 */
final class RunStore {
  private static final Logger LOGGER = LoggerFactory.getLogger(RunStore.class);
  private static final String ORDER = "order.json";
  private static final String STATUS = "status.json";
  private static final String REPORT = "report.json";

  private final RecordCodec codec = new RecordCodec();
  private final Path root;

  /** An order, and when it was taken. */
  record Taken(RunSubmission submission, Instant submitted) {}

  /** What is kept of a run. */
  record Kept(Taken taken, Optional<RunStatus> status) {}

  RunStore(Path root) throws IOException {
    var owner = PosixFilePermissions.fromString("rwx------");
    this.root =
        Files.createDirectories(root, PosixFilePermissions.asFileAttribute(owner)).toRealPath();
  }

  Path report(String name) {
    return root.resolve(name).resolve(REPORT);
  }

  void keep(String name, Taken taken) throws IOException {
    Files.createDirectories(root.resolve(name));
    write(root.resolve(name).resolve(ORDER), codec.encode(taken));
  }

  void keep(RunStatus status) throws IOException {
    write(root.resolve(status.name()).resolve(STATUS), codec.encode(status));
  }

  void forget(String name) throws IOException {
    Path directory = root.resolve(name);
    for (String file : List.of(REPORT, STATUS, ORDER)) {
      Files.deleteIfExists(directory.resolve(file));
    }
    Files.deleteIfExists(directory);
  }

  /** All runs that are kept, the first one first. What cannot be read is passed over. */
  List<Kept> all() throws IOException {
    List<Kept> all = new ArrayList<>();
    try (Stream<Path> directories = Files.list(root)) {
      for (Path directory : directories.sorted().toList()) {
        read(directory).ifPresent(all::add);
      }
    }
    all.sort(Comparator.comparing(kept -> kept.taken().submitted()));
    return all;
  }

  private Optional<Kept> read(Path directory) {
    try {
      Path status = directory.resolve(STATUS);
      return Optional.of(
          new Kept(
              codec.decode(Files.readAllBytes(directory.resolve(ORDER)), Taken.class),
              Files.exists(status)
                  ? Optional.of(codec.decode(Files.readAllBytes(status), RunStatus.class))
                  : Optional.empty()));
    } catch (IOException | RecordFormatException e) {
      LOGGER.atWarn().log("cannot read the run kept in {}: {}", directory, e.toString());
      return Optional.empty();
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, bytes);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
