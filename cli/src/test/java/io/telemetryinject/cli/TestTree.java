package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Trees for tests: generated, copied, and read as one value that can be compared. */
public final class TestTree {
  private TestTree() {}

  /** A package of so many files, three functions each, among them one that holds another. */
  public static Path generate(Path root, int files) throws IOException {
    Path folder = Files.createDirectories(root.resolve("shop"));
    Files.writeString(folder.resolve("__init__.py"), "");
    for (int i = 0; i < files; i++) {
      Files.writeString(folder.resolve("part%03d.py".formatted(i)), source(i));
    }
    return root;
  }

  private static String source(int i) {
    return """
    class Part%1$d:
        def price(self, count):
            if count > %1$d:
                return count * %1$d
            return 0

        def report(self, lines):
            def line(number):
                return f"{number}: {lines[number]}"

            for number in range(%1$d):
                print(line(number))
    """
        .formatted(i);
  }

  /** Copies a directory with all that is in it. */
  public static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()), LinkOption.NOFOLLOW_LINKS);
      }
    }
    return to;
  }

  public static void delete(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** The digest of every file, by its path. */
  public static Map<String, String> contents(Path root) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(file -> contents.put(root.relativize(file).toString(), read(file)));
    }
    return contents;
  }

  /** SHA-256 of a file's bytes. */
  static String read(Path file) {
    try {
      return Sha256.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails with the paths of all files that differ, or are in one of the two only. */
  public static void assertSame(Map<String, String> actual, Map<String, String> expected) {
    Set<String> different = new TreeSet<>(expected.keySet());
    different.addAll(actual.keySet());
    different.removeIf(path -> Objects.equals(actual.get(path), expected.get(path)));
    assertThat(different).as("files that differ").isEmpty();
  }
}
