package io.telemetryinject.coordinator;

import static io.telemetryinject.coordinator.fixture.Trees.FUNCTION;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.fixture.GitRepo;
import io.telemetryinject.coordinator.fixture.TestRun;
import io.telemetryinject.coordinator.fixture.Trees;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to an input, incremental runs end with the bytes of a full run. */
class EquivalenceIT {
  private static final int NIGHTS = 25;

  @TempDir private Path directory;
  private final long seed =
      Long.getLong("equivalence.seed", ThreadLocalRandom.current().nextLong());
  private final Random random = new Random(seed);
  private Path input;
  private Path output;
  private RunPolicy policy = new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false);
  private String[] excludes = {};

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endsLikeAFullRunNightAfterNight(boolean git) throws Exception {
    input = directory.toRealPath().resolve("in");
    output = input.resolveSibling("out");
    Files.createDirectories(input);
    GitRepo repo = git ? GitRepo.init(input) : null;
    for (int i = 0; i < 12; i++) {
      edit();
    }
    for (int night = 0; night < NIGHTS; night++) {
      for (int edits = random.nextInt(5); edits > 0; edits--) {
        edit();
      }
      if (repo != null && random.nextInt(3) > 0) {
        repo.commitAll();
        if (random.nextBoolean()) {
          repo.settle();
        }
      }
      if (random.nextInt(6) == 0) {
        changePolicy();
      }
      if (random.nextInt(6) == 0) {
        request().incrementally().runUntilTask(1 + random.nextInt(4));
        edit();
      }
      if (random.nextInt(6) == 0) {
        tamper();
      }
      request().incrementally().run();
      assertAsAFullRunWould(night);
    }
  }

  private void assertAsAFullRunWould(int night) throws Exception {
    Path fresh = input.resolveSibling("fresh");
    Path kept = output;
    output = fresh;
    request().run();
    output = kept;
    Map<String, String> expected = Trees.contentAndModes(fresh);
    Map<String, String> actual = Trees.contentAndModes(output);
    Set<String> different = new TreeSet<>(expected.keySet());
    different.addAll(actual.keySet());
    different.removeIf(name -> Objects.equals(expected.get(name), actual.get(name)));
    assertThat(different)
        .as(
            "-Dequivalence.seed=%d, night %d: %s instead of %s",
            seed, night, slice(actual, different), slice(expected, different))
        .isEmpty();
    Trees.delete(fresh);
  }

  private static Map<String, String> slice(Map<String, String> content, Set<String> names) {
    Map<String, String> slice = new TreeMap<>(content);
    slice.keySet().retainAll(names);
    return slice;
  }

  private TestRun request() {
    return TestRun.of(input).to(output).under(policy).excluding(excludes);
  }

  private void changePolicy() {
    if (random.nextBoolean()) {
      excludes = random.nextBoolean() ? new String[] {"*1.py"} : new String[] {};
    } else {
      ExceptionPolicy[] all = ExceptionPolicy.values();
      policy = new RunPolicy(all[random.nextInt(all.length)], KeyKind.SHAPE, false);
    }
  }

  /** Of files that the input still has: what somebody edited of the others stays, on purpose. */
  private void tamper() throws IOException {
    List<Path> files =
        files(output).stream()
            .filter(p -> Files.isRegularFile(input.resolve(output.relativize(p)), NOFOLLOW_LINKS))
            .toList();
    if (!files.isEmpty()) {
      Path file = files.get(random.nextInt(files.size()));
      if (random.nextBoolean()) {
        Files.delete(file);
      } else {
        Files.delete(file);
        write(file, "tampered\n");
      }
    }
  }

  private void edit() throws IOException {
    Path path = input.resolve(anyPath());
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> makeFile(path, source());
      case 3 -> makeFile(path, "text " + random.nextInt(3) + "\n");
      case 4 -> remove(path);
      case 5 -> {
        if (!files(input).isEmpty() && !Files.exists(path, NOFOLLOW_LINKS) && isFree(path)) {
          Path from = files(input).get(random.nextInt(files(input).size()));
          Files.createDirectories(path.getParent());
          Files.move(from, path);
        }
      }
      case 6 -> {
        if (Files.isRegularFile(path)) {
          String mode = random.nextBoolean() ? "rwxr-xr-x" : "rw-r-----";
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
      }
      case 7 -> {
        remove(path);
        if (isFree(path)) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of("m" + random.nextInt(4) + ".py"));
        }
      }
      default -> {
        if (isFree(path) && !Files.exists(path, NOFOLLOW_LINKS)) {
          Files.createDirectories(path);
        }
      }
    }
  }

  private String anyPath() {
    String folder = List.of("", "pkg/", "pkg/sub/", "my tools/").get(random.nextInt(4));
    String name = List.of("m1.py", "m2.py", "__init__.py", "d.txt", "sub").get(random.nextInt(5));
    return folder + name;
  }

  private String source() {
    return switch (random.nextInt(5)) {
      case 0 -> "#!/usr/bin/env python3\n" + FUNCTION;
      case 1 -> "def broken(:\n";
      case 2 -> "x = " + random.nextInt(3) + "\n";
      default -> FUNCTION.replace("f(", "f" + random.nextInt(4) + "(");
    };
  }

  private void makeFile(Path path, String text) throws IOException {
    if (!Files.isDirectory(path) && isFree(path)) {
      Files.deleteIfExists(path);
      write(path, text);
    }
  }

  private static void remove(Path path) {
    if (Files.exists(path, NOFOLLOW_LINKS)) {
      Trees.delete(path);
    }
  }

  /** Whether no file or link stands where a folder above the path would have to be. */
  private boolean isFree(Path path) {
    for (Path above = path.getParent(); !above.equals(input); above = above.getParent()) {
      boolean there = Files.exists(above, NOFOLLOW_LINKS);
      if (there && !Files.isDirectory(above, NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  private static List<Path> files(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(p -> Files.isRegularFile(p, NOFOLLOW_LINKS))
          .filter(p -> !p.toString().contains("/.git/"))
          .sorted()
          .toList();
    }
  }
}
