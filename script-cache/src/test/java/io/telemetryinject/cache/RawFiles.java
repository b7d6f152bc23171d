package io.telemetryinject.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Objects that are files below a directory. */
public final class RawFiles implements RawObjects {
  private final Path directory;

  public RawFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public boolean any() {
    return Files.exists(directory);
  }

  @Override
  public List<String> keys() throws IOException {
    if (!any()) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .toList();
    }
  }

  @Override
  public boolean has(String key) {
    return Files.exists(directory.resolve(key));
  }

  @Override
  public byte[] get(String key) throws IOException {
    return Files.readAllBytes(directory.resolve(key));
  }

  @Override
  public void put(String key, byte[] bytes) throws IOException {
    Path file = directory.resolve(key);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Override
  public void delete(String key) throws IOException {
    Files.delete(directory.resolve(key));
  }

  @Override
  public void directory(String key) throws IOException {
    Files.createDirectories(directory.resolve(key));
  }

  @Override
  public void age(String key, Duration age) throws IOException {
    Files.setLastModifiedTime(directory.resolve(key), FileTime.from(Instant.now().minus(age)));
  }
}
