package io.telemetryinject.coordinator;

import static io.telemetryinject.coordinator.fixture.Trees.FUNCTION;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.coordinator.fixture.FileReads;
import io.telemetryinject.coordinator.fixture.GitRepo;
import io.telemetryinject.coordinator.fixture.TestRun;
import io.telemetryinject.coordinator.fixture.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a git work tree: what git says is unchanged is read neither in the input nor in the output.
 */
class GitIncrementalIT {
  private Path input;
  private Path output;
  private GitRepo repo;

  @BeforeEach
  void makeRepository(@TempDir Path directory) throws Exception {
    input = directory.toRealPath().resolve("in");
    output = input.resolveSibling("out");
    repo = GitRepo.init(input);
    for (int i = 0; i < 5; i++) {
      write(input.resolve("pkg/m" + i + ".py"), FUNCTION.replace("f(", "f" + i + "("));
    }
    write(input.resolve("pkg/__init__.py"), "");
    write(input.resolve("tool.py"), "#!/usr/bin/env python3\n" + FUNCTION);
    write(input.resolve("data.txt"), "data\n");
    write(input.resolve(".gitignore"), "*.log\n");
    repo.commitAll();
    repo.settle();
  }

  @Test
  void readsNoFileWhenNothingChanged() throws Exception {
    run();

    Set<Path> reads = FileReads.during(this::run);

    assertThat(filesOfTrees(reads)).isEmpty();
    assertAsAFullRunWould();
  }

  @Test
  void readsOnlyWhatANewCommitChanged() throws Exception {
    run();
    write(input.resolve("pkg/m1.py"), FUNCTION + "# edited\n");
    write(input.resolve("pkg/new.py"), FUNCTION);
    Files.delete(input.resolve("pkg/m4.py"));
    Files.move(input.resolve("pkg/m3.py"), input.resolve("pkg/moved.py"));
    repo.commitAll();
    repo.settle();

    Set<Path> reads = FileReads.during(this::run);

    assertThat(filesOfTrees(reads))
        .containsExactlyInAnyOrder(
            input.resolve("pkg/m1.py"), input.resolve("pkg/moved.py"), input.resolve("pkg/new.py"));
    assertAsAFullRunWould();
  }

  @Test
  void noticesWhatIsNotCommittedThenAndNow() throws Exception {
    write(input.resolve("pkg/m0.py"), FUNCTION + "# uncommitted\n");
    write(input.resolve("untracked.py"), FUNCTION);
    write(input.resolve("a.log"), "ignored");
    run();
    assertAsAFullRunWould();

    repo.git("checkout", "-q", "pkg/m0.py");
    write(input.resolve("untracked.py"), FUNCTION + "# more\n");
    write(input.resolve("a.log"), "ignored and longer");
    write(input.resolve("data.txt"), "edited");
    run();
    assertAsAFullRunWould();

    repo.git("checkout", "-q", "data.txt");
    repo.settle();
    run();
    assertThat(output.resolve("data.txt")).hasContent("data");
    assertAsAFullRunWould();
  }

  @Test
  void noticesAnEditThatKeepsSizeAndTime() throws Exception {
    run();
    Path file = input.resolve("pkg/m2.py");
    FileTime time = Files.getLastModifiedTime(file);
    write(file, Files.readString(file).replace("f2", "g2"));
    Files.setLastModifiedTime(file, time);

    run();

    assertThat(output.resolve("pkg/m2.py")).content().contains("def g2");
    assertAsAFullRunWould();
  }

  @Test
  void followsCommitsBackAndToOtherBranches() throws Exception {
    String first = repo.git("rev-parse", "HEAD").strip();
    repo.git("checkout", "-q", "-b", "other");
    write(input.resolve("pkg/m1.py"), "x = 1\n");
    repo.git("rm", "-q", "pkg/m2.py");
    repo.commitAll();
    run();
    for (String commit : List.of("main", "other", first)) {
      repo.git("checkout", "-q", commit);
      repo.settle();
      run();
      assertAsAFullRunWould();
    }
  }

  @Test
  void comparesContentsWhenTheCommitIsGone() throws Exception {
    run();
    Trees.delete(input.resolve(".git"));
    write(input.resolve("pkg/m1.py"), "x = 1\n");
    GitRepo.init(input).commitAll();

    TestRun again = run();

    assertThat(again.remarks()).singleElement().asString().contains("is not in the repository");
    assertThat(again.published()).isZero();
    assertAsAFullRunWould();
  }

  @Test
  void comparesContentsWhereGitConvertsThem() throws Exception {
    write(input.resolve(".gitattributes"), "*.txt eol=crlf\n");
    repo.commitAll();
    run();
    repo.settle();

    Set<Path> reads = FileReads.during(this::run);

    assertThat(reads).contains(input.resolve("pkg/m0.py"));
    assertAsAFullRunWould();
  }

  @Test
  void worksInAPartOfAWorkTree() throws Exception {
    input = input.resolve("pkg");
    run();
    write(input.resolve("m1.py"), FUNCTION + "# edited\n");
    write(input.resolveSibling("tool.py"), "x = 1\n");
    repo.commitAll();
    repo.settle();

    Set<Path> reads = FileReads.during(this::run);

    assertThat(filesOfTrees(reads)).containsExactly(input.resolve("m1.py"));
    assertAsAFullRunWould();
  }

  @Test
  void worksWithoutCommitsAndWithABrokenRepository() throws Exception {
    run();
    write(input.resolve(".git/index"), "not an index");
    write(input.resolve("pkg/m1.py"), "x = 1\n");

    run();

    assertAsAFullRunWould();
    Trees.delete(input.resolve(".git"));
    GitRepo.init(input);
    run();
    assertAsAFullRunWould();
  }

  /** Of the files read, those of input and output that are not about the run or git. */
  private List<Path> filesOfTrees(Set<Path> reads) {
    return reads.stream()
        .filter(path -> path.startsWith(input) || path.startsWith(output))
        .filter(path -> !path.toString().contains("/.git/"))
        .filter(path -> !path.startsWith(output.resolve(".telemetry-inject")))
        .toList();
  }

  private TestRun run() throws Exception {
    TestRun run = TestRun.of(input).to(output).incrementally();
    run.run();
    return run;
  }

  private void assertAsAFullRunWould() throws Exception {
    Path fresh = Files.createTempDirectory(output.getParent(), "fresh");
    TestRun.of(input).to(fresh).run();
    assertThat(Trees.contentAndModes(output)).isEqualTo(Trees.contentAndModes(fresh));
    Trees.delete(fresh);
  }
}
