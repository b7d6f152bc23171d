package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in mid-run, then the same command again. */
class ResumeST {
  private static final int FILES = 400;

  /** What an undisturbed run makes of the tree, file by file. */
  private static Map<String, String> expected;

  private static Map<String, String> expectedInPlace;

  private static Map<String, String> original;
  private static Path warmCache;

  @TempDir private static Path shared;
  @TempDir private Path directory;
  private Path input;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    Path tree = TestTree.generate(shared.resolve("tree"), FILES);
    original = TestTree.contents(tree);
    warmCache = shared.resolve("cache");
    Path out = shared.resolve("out");
    expected = contentsAfter(command(tree, warmCache, "--output", out.toString()), out);
    Path changed = TestTree.copy(tree, shared.resolve("in-place"));
    expectedInPlace = contentsAfter(command(changed, warmCache, "--in-place"), changed);
  }

  private static Map<String, String> contentsAfter(List<String> command, Path out)
      throws Exception {
    try (CommandProcess run = CommandProcess.start(shared.resolve("log"), command)) {
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    return TestTree.contents(out);
  }

  @BeforeEach
  void copyInput() throws IOException {
    input = TestTree.copy(shared.resolve("tree"), directory.resolve("tree"));
    TestTree.copy(warmCache, directory.resolve("cache"));
  }

  private static List<String> command(Path input, Path cache, String... more) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("--input", input.toString(), "--cache-dir", cache.toString()));
    command.addAll(List.of("--signing-key", shared.resolve("key/signing-key").toString()));
    command.addAll(List.of("--max-workers", "1"));
    command.addAll(List.of(more));
    return command;
  }

  @Test
  void resumesInProcess() throws Exception {
    Path out = directory.resolve("out");
    survivesAKill(out, Map.of(), expected, "--output", out.toString());
  }

  @Test
  void resumesInPlace() throws Exception {
    survivesAKill(input, original, expectedInPlace, "--in-place");
  }

  @Test
  void resumesWithTheEmbeddedBroker() throws Exception {
    Path out = directory.resolve("out");
    survivesAKill(out, Map.of(), expected, "--embedded", "--output", out.toString());
  }

  private void survivesAKill(
      Path out, Map<String, String> before, Map<String, String> after, String... more)
      throws Exception {
    List<String> command = command(input, directory.resolve("cache"), more);
    Map<String, Object> finished;
    List<Long> workers;
    try (CommandProcess run = CommandProcess.start(directory.resolve("log"), command)) {
      await()
          .atMost(Duration.ofMinutes(3))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .failFast("ended before it could be killed", () -> !run.isAlive())
          .until(() -> identitiesOfFinished(out).size() >= 5);
      workers = run.descendants();
      run.kill();
      finished = identitiesOfFinished(out);
    }

    // Killed in mid-run: some files are finished, others are not, and none is neither.
    assertThat(finished.size()).isBetween(5, FILES - 1);
    assertNothingPartial(out, before);
    assertThat(workers).isNotEmpty();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(workers).noneMatch(CommandProcess::runs));

    try (CommandProcess again = CommandProcess.start(directory.resolve("log"), command)) {
      await()
          .atMost(Duration.ofMinutes(3))
          .until(
              () -> {
                assertNothingPartial(out, before);
                return !again.isAlive();
              });
      assertThat(again.exitCode()).as(again.output()).isZero();
      assertThat(again.output()).contains("done by an earlier run");
    }
    TestTree.assertSame(TestTree.contents(out), after);
    Map<String, Object> now = identitiesOfFinished(out);
    now.keySet().retainAll(finished.keySet());
    assertThat(now).isEqualTo(finished);
  }

  /** Inode and time of each source file that stands as the undisturbed run has it. */
  private static Map<String, Object> identitiesOfFinished(Path out) throws IOException {
    Map<String, Object> identities = new TreeMap<>();
    for (Map.Entry<String, String> file : expected.entrySet()) {
      Path path = out.resolve(file.getKey());
      boolean instrumented = !file.getValue().equals(original.get(file.getKey()));
      if (file.getKey().contains("part") && instrumented && Files.exists(path)) {
        Object identity =
            Files.getAttribute(path, "unix:ino") + " " + Files.getLastModifiedTime(path);
        if (TestTree.read(path).equals(file.getValue())) {
          identities.put(file.getKey(), identity);
        }
      }
    }
    return identities;
  }

  private static void assertNothingPartial(Path out, Map<String, String> before)
      throws IOException {
    for (Map.Entry<String, String> file : expected.entrySet()) {
      Path path = out.resolve(file.getKey());
      if (file.getKey().endsWith(".py") && Files.exists(path)) {
        String content = TestTree.read(path);
        assertThat(content)
            .isIn(file.getValue(), before.getOrDefault(file.getKey(), file.getValue()));
      }
    }
  }
}
