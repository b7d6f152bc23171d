package io.telemetryinject.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A repository as input, night by night, and a patch as output. */
class GitInputRunIT {
  @RegisterExtension static final WarmCache WARM = new WarmCache();

  @TempDir private Path home;
  private Path repository;

  @BeforeEach
  void makeRepository() throws Exception {
    WARM.copyTo(home);
    repository = Files.createDirectories(home.resolve("shop"));
    git("init", "-q", "-b", "main");
    Files.writeString(repository.resolve("app.py"), WarmCache.SOURCE);
    Files.writeString(repository.resolve("notes.txt"), "notes\n");
    commit();
  }

  @Test
  void runsNightByNightOverACommitOfARepository() throws Exception {
    Path output = home.resolve("out");
    List<String> command =
        List.of("--input", "file://" + repository, "--ref", "main", "--output", output + "");
    Command first = incremental(command);
    assertThat(first.exitCode()).as(first.toString()).isZero();
    assertThat(first.err()).contains("at commit", "(main)");
    assertThat(Files.readString(output.resolve("app.py"))).contains("_tel.func_entry('add'");

    Files.writeString(repository.resolve("more.py"), WarmCache.SOURCE);
    Files.delete(repository.resolve("notes.txt"));
    commit();
    Command second = incremental(command);
    Path fresh = home.resolve("fresh");
    run("--input", "file://" + repository, "--ref", "main", "--output", fresh.toString());

    assertThat(second.out()).contains("(1 done by an earlier run)", "cache hits  2 of 2");
    assertThat(output.resolve("notes.txt")).doesNotExist();
    TestTree.assertSame(TestTree.contents(output), TestTree.contents(fresh));
  }

  @Test
  void writesAPatchThatGitApplies() throws Exception {
    Path patch = home.resolve("changes.patch");
    Command command = run("--input", repository.toString(), "--output", patch.toString());
    assertThat(command.exitCode()).as(command.toString()).isZero();
    assertThat(command.out()).contains("changes.patch (for git apply or patch -p1");
    Path tree = home.resolve("tree");
    run("--input", repository.toString(), "--output", tree.toString());

    git("apply", "--index", patch.toString());

    Map<String, String> expected = TestTree.contents(tree);
    expected.keySet().removeIf(path -> path.startsWith(".telemetry-inject"));
    Map<String, String> applied = TestTree.contents(repository);
    applied.keySet().removeIf(path -> path.startsWith(".git/"));
    TestTree.assertSame(applied, expected);
  }

  @Test
  void showsNoTokenInAnyOutput() throws IOException {
    Path report = home.resolve("report.json");
    Command command =
        run("--input", "https://me:TOKEN@127.0.0.1:1/x.git", "--report", report + "", "--verbose");

    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err()).contains("cannot fetch from https://127.0.0.1:1/x.git");
    assertThat(command.out() + command.err()).doesNotContain("TOKEN");
    assertThat(report).doesNotExist();
  }

  private Command incremental(List<String> command) {
    List<String> all = new ArrayList<>(command);
    all.add("--incremental");
    return run(all.toArray(String[]::new));
  }

  private Command run(String... arguments) {
    return Command.run(home, arguments);
  }

  private void commit() throws Exception {
    git("add", "-A");
    git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "as it is");
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(repository.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
