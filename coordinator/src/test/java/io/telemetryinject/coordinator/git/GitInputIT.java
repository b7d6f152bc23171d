package io.telemetryinject.coordinator.git;

import static io.telemetryinject.coordinator.fixture.Trees.FUNCTION;
import static io.telemetryinject.coordinator.fixture.Trees.content;
import static io.telemetryinject.coordinator.fixture.Trees.contentAndModes;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.fixture.FileReads;
import io.telemetryinject.coordinator.fixture.GitRepo;
import io.telemetryinject.coordinator.fixture.TestRun;
import io.telemetryinject.coordinator.fixture.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitInputIT {
  private Path home;
  private Path work;
  private Path output;
  private GitRepo repo;

  @BeforeEach
  void makeRepository(@TempDir Path directory) throws Exception {
    home = directory.toRealPath();
    work = home.resolve("shop");
    output = home.resolve("out");
    repo = GitRepo.init(work);
    for (int i = 0; i < 4; i++) {
      write(work.resolve("pkg/m" + i + ".py"), FUNCTION.replace("f(", "f" + i + "("));
    }
    write(work.resolve("run.py"), "#!/usr/bin/env python3\n" + FUNCTION);
    Files.setPosixFilePermissions(
        work.resolve("run.py"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(work.resolve("link.py"), Path.of("run.py"));
    write(work.resolve("with blank ü/crlf.txt"), "a\r\nb\r\n");
    write(work.resolve("data.bin"), new byte[] {0, 1, -1});
    repo.commitAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"work tree", "bare", "file://"})
  void laysOutTheTreeOfACommit(String kind) throws Exception {
    Map<String, String> committed = withoutGit(work);
    GitRepo.run(home, "clone", "-q", "--bare", work.toString(), home + "/bare.git");
    write(work.resolve("pkg/m1.py"), "uncommitted = 1\n");
    write(work.resolve("untracked.py"), "x = 1\n");
    String input =
        switch (kind) {
          case "bare" -> home + "/bare.git";
          case "file://" -> "file://" + work;
          default -> work.toString();
        };

    try (GitInput commit = open(input, "main")) {
      assertThat(withoutGit(commit.directory())).isEqualTo(committed);
      assertThat(commit.remarks()).singleElement().asString().contains("at commit", "(main)");
    }
  }

  @Test
  void takesBranchesTagsAndCommits() throws Exception {
    String first = repo.git("rev-parse", "HEAD").strip();
    repo.git("tag", "-a", "v1", "-m", "one");
    write(work.resolve("pkg/m1.py"), "second = 1\n");
    String second = repo.commitAll();
    repo.git("branch", "feature/x");

    for (String input : List.of(work.toString(), "file://" + work)) {
      for (String ref : new String[] {"v1", first, first.substring(0, 10)}) {
        try (GitInput commit = open(input, ref)) {
          assertThat(commit.root().commit()).isEqualTo(first);
          assertThat(commit.directory().resolve("pkg/m1.py")).content().contains("def f1");
        }
      }
      for (String ref : new String[] {"main", "feature/x", "refs/heads/main", second, null}) {
        if (ref == null && input.equals(work.toString())) {
          continue; // a work tree without --ref is read as it is
        }
        try (GitInput commit = open(input, ref)) {
          assertThat(commit.directory().resolve("pkg/m1.py")).hasContent("second = 1");
        }
      }
    }
  }

  @Test
  void fetchesOnlyWhatIsNewAndTouchesOnlyWhatChanged() throws Exception {
    Path tree;
    try (GitInput commit = open("file://" + work, "main")) {
      tree = commit.directory();
    }
    Object before = identity(tree.resolve("pkg/m0.py"));
    write(work.resolve("pkg/m1.py"), "x = 1\n");
    repo.git("mv", "pkg/m2.py", "moved.py");
    repo.git("rm", "-q", "data.bin");
    repo.commitAll();

    try (GitInput commit = open("file://" + work, "main")) {
      assertThat(commit.directory()).isEqualTo(tree);
      assertThat(withoutGit(tree)).isEqualTo(withoutGit(work));
      assertThat(identity(tree.resolve("pkg/m0.py"))).isEqualTo(before);
    }
  }

  @Test
  void followsAFileThatBecomesAFolderOrALinkAndBack() throws Exception {
    checkTree();
    repo.git("rm", "-q", "data.bin", "link.py");
    write(work.resolve("data.bin/inner.txt"), "x");
    write(work.resolve("link.py"), FUNCTION);
    Trees.delete(work.resolve("pkg"));
    Files.createSymbolicLink(work.resolve("pkg"), Path.of("/etc"));
    repo.commitAll();
    checkTree();

    repo.git("checkout", "-q", "HEAD~1", ".");
    Trees.delete(work.resolve("data.bin"));
    repo.git("checkout", "-q", "-f", "HEAD~1");
    repo.git("checkout", "-q", "-B", "main");
    checkTree();
  }

  @Test
  void mendsATreeThatSomebodyEditedOrAKilledRunLeft() throws Exception {
    try (GitInput commit = open("file://" + work, "main")) {
      Path tree = commit.directory();
      write(tree.resolve("pkg/m0.py"), "edited\n");
      write(tree.resolve("extra/file.py"), "x = 1\n");
      Files.delete(tree.resolve("pkg/m1.py"));
      Files.write(tree.resolveSibling("index.lock"), new byte[] {1});
    }
    checkTree();

    Files.write(treeOf().resolveSibling("index"), new byte[] {1, 2, 3});
    checkTree();
  }

  /** Control: git itself runs both on its checkout. */
  @Test
  void runsNeitherHooksNorFilters() throws Exception {
    Path witness = home.resolve("witness");
    String program = "#!/bin/sh\ntouch '" + witness + "'\ncat\n";
    for (String hook : List.of("post-checkout", "reference-transaction", "post-index-change")) {
      executable(write(work.resolve(".git/hooks/" + hook), program));
    }
    Path filter = executable(write(home.resolve("filter"), program));
    repo.git("config", "filter.evil.smudge", filter.toString());
    repo.git("config", "core.sshCommand", filter.toString());
    write(work.resolve(".gitattributes"), "*.py filter=evil\n*.txt ident\n");
    repo.commitAll();
    Files.deleteIfExists(witness);

    for (String input : List.of(work.toString(), "file://" + work)) {
      try (GitInput commit = open(input, "main")) {
        assertThat(withoutGit(commit.directory())).isEqualTo(withoutGit(work));
      }
    }
    assertThat(witness).doesNotExist();

    Files.delete(work.resolve("run.py"));
    repo.git("checkout", "-q", "-f", "main");
    assertThat(witness).exists();
  }

  @Test
  void saysWhatACommitDoesNotHold() throws Exception {
    write(
        work.resolve("large.bin"),
        "version https://git-lfs.github.com/spec/v1\noid sha256:"
            + "0".repeat(64)
            + "\nsize 12345\n");
    repo.commitAll();
    String head = repo.git("rev-parse", "HEAD").strip();
    repo.git("update-index", "--add", "--cacheinfo", "160000," + head + ",vendor/lib");
    repo.git("commit", "-q", "-m", "a submodule");

    try (GitInput commit = open(work.toString(), "main")) {
      assertThat(commit.remarks())
          .hasSize(3)
          .anySatisfy(said -> assertThat(said).contains("1 submodules", "vendor/lib"))
          .anySatisfy(said -> assertThat(said).contains("1 files are Git LFS pointers"));
      assertThat(commit.directory().resolve("vendor/lib")).isEmptyDirectory();
      assertThat(commit.directory().resolve("large.bin")).content().startsWith("version");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".git", "..", ".GIT", "a/.git", "."})
  void refusesPathsThatMustNotBeWritten(String evil) throws Exception {
    String blob = GitRepo.run(work, "hash-object", "-w", "run.py").strip();
    String tree = "";
    String[] names = evil.split("/");
    for (int i = names.length - 1; i >= 0; i--) {
      String entry =
          i == names.length - 1
              ? "100644 blob " + blob + "\t" + names[i]
              : "040000 tree " + tree + "\t" + names[i];
      tree = treeOf(entry);
    }
    String commit = repo.git("commit-tree", tree, "-m", "evil").strip();

    assertThatThrownBy(() -> open(work.toString(), commit))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("must not be written: " + evil);
  }

  private String treeOf(String entry) throws Exception {
    // git mktree refuses such names: the object is written as it is.
    String[] parts = entry.split("[ \t]");
    byte[] id = new java.math.BigInteger(parts[2], 16).toByteArray();
    byte[] raw = new byte[20];
    int length = Math.min(20, id.length);
    System.arraycopy(id, id.length - length, raw, 20 - length, length);
    byte[] head = (parts[0].replaceFirst("^0", "") + " " + parts[3] + "\0").getBytes(UTF_8);
    byte[] all = java.util.Arrays.copyOf(head, head.length + 20);
    System.arraycopy(raw, 0, all, head.length, 20);
    Path file = Files.write(home.resolve("raw"), all);
    return repo.git("hash-object", "-t", "tree", "-w", "--literally", file.toString()).strip();
  }

  @Test
  void saysWhatIsWrongWithAnAddress() throws Exception {
    assertProblem(work.toString(), "no-such-branch", "has no commit no-such-branch");
    assertProblem("file://" + work, "0".repeat(40), "has no commit 000");
    assertProblem("file://" + work, "bad..ref", "has no commit bad..ref");
    assertProblem("file://" + home + "/nowhere", null, "cannot fetch from file://");
    assertProblem("https://127.0.0.1:1/x.git", null, "cannot fetch from https://127.0.0.1:1/x.git");
    assertProblem("gopher://host/x.git", null, "not like one of a git repository");
    assertProblem("ssh://-oProxyCommand=touch/x.git", null, "not like one of a git repository");
    assertProblem("-oProxyCommand=touch:x.git", null, "not like one of a git repository");
    assertProblem(home.resolve("nowhere").toString(), "main", "is not a git repository");
    assertProblem(work.resolve("pkg").toString(), "main", "is not a git repository");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://SECRET@127.0.0.1:1/x.git", "https://user:SECRET@127.0.0.1:1/x.git"})
  void keepsTokensToItself(String url) {
    assertThatThrownBy(() -> open(url, null))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("https://127.0.0.1:1/x.git")
        .hasMessageNotContaining("SECRET");
    try (Stream<Path> paths = Files.walk(home.resolve("cache"))) {
      assertThat(paths.filter(Files::isRegularFile))
          .allSatisfy(
              file ->
                  assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("SECRET"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void goesThroughTheMachinesSsh() throws Exception {
    Path log = home.resolve("ssh.log");
    Path ssh =
        executable(
            write(
                home.resolve("ssh"),
                "#!/bin/sh\necho \"$@\" >>'"
                    + log
                    + "'\nwhile [ \"$1\" != -- ]; do shift; done\nshift 2\nexec sh -c \"$1\"\n"));

    for (String url : List.of("git@host.example:" + work, "ssh://git@host.example:2222" + work)) {
      GitAddress address = GitAddress.of(url, false).orElseThrow();
      try (GitInput commit =
          GitInput.open(address, "main", home.resolve("cache"), ssh.toString())) {
        assertThat(withoutGit(commit.directory())).isEqualTo(withoutGit(work));
      }
    }
    assertThat(log)
        .content()
        .contains("BatchMode=yes", "-- git@host.example git-upload-pack", "-p 2222");
  }

  @Test
  void isOneRunsAtATime() throws Exception {
    try (GitInput commit = open(work.toString(), "main")) {
      assertThat(commit.directory()).exists();
      assertProblem(work.toString(), "main", "another run works on");
    }
    open(work.toString(), "main").close();
  }

  @Test
  void readsAndDoesNightByNightOnlyWhatChanged() throws Exception {
    String url = "file://" + work;
    nightlyRun(url);
    Set<Path> quiet = FileReads.during(() -> nightlyRun(url));
    assertThat(ofTrees(quiet)).isEmpty();

    write(work.resolve("pkg/m1.py"), FUNCTION + "# edited\n");
    repo.git("rm", "-q", "pkg/m2.py");
    repo.commitAll();
    Set<Path> reads = FileReads.during(() -> nightlyRun(url));

    assertThat(ofTrees(reads)).containsExactly(treeOf().resolve("pkg/m1.py"));
    Path fresh = home.resolve("fresh");
    try (GitInput commit = open(url, "main")) {
      TestRun.of(commit.directory()).knownTo(commit.root()).to(fresh).run();
    }
    assertThat(contentAndModes(output)).isEqualTo(contentAndModes(fresh));
  }

  private void nightlyRun(String url) throws Exception {
    try (GitInput commit = open(url, "main")) {
      TestRun run = TestRun.of(commit.directory()).knownTo(commit.root()).to(output);
      run.incrementally().run();
      assertThat(run.remarks()).isEmpty();
    }
  }

  private List<Path> ofTrees(Set<Path> reads) throws IOException {
    Path tree = treeOf();
    return reads.stream()
        .filter(path -> path.startsWith(tree) || path.startsWith(output))
        .filter(path -> !path.startsWith(output.resolve(".telemetry-inject")))
        .toList();
  }

  private void checkTree() throws Exception {
    try (GitInput commit = open("file://" + work, "main")) {
      assertThat(withoutGit(commit.directory())).isEqualTo(withoutGit(work));
    }
  }

  /** Where the only tree in the cache is. */
  private Path treeOf() throws IOException {
    try (Stream<Path> places = Files.list(home.resolve("cache"))) {
      return places.toList().get(0).resolve("tree");
    }
  }

  private GitInput open(String input, @Nullable String ref) throws Exception {
    GitAddress address = GitAddress.of(input, ref != null).orElseThrow();
    return GitInput.open(address, ref, home.resolve("cache"));
  }

  private void assertProblem(String input, @Nullable String ref, String message) {
    assertThatThrownBy(() -> open(input, ref))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining(message);
  }

  private static Map<String, String> withoutGit(Path root) {
    Map<String, String> content = content(root);
    content.keySet().removeIf(name -> name.startsWith(".git/"));
    contentAndModes(root)
        .forEach(
            (name, text) ->
                content.computeIfPresent(
                    name, (n, old) -> text.startsWith("rwxr-xr-x") ? "x " + old : old));
    return content;
  }

  private static Object identity(Path file) throws IOException {
    return Files.readAttributes(file, "unix:ino,ctime");
  }

  private static Path executable(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
