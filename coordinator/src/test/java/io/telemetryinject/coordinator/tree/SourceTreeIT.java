package io.telemetryinject.coordinator.tree;

import static io.telemetryinject.coordinator.fixture.Trees.rawName;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.telemetryinject.coordinator.fixture.Answers;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.RejectReason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeIT {
  private Path root;
  private Path outside;

  @BeforeEach
  void makeDirectories(@TempDir Path directory) throws IOException {
    root = Files.createDirectory(directory.toRealPath().resolve("in"));
    outside = Files.createDirectory(root.resolveSibling("outside"));
    write(outside.resolve("secret.py"), "def secret(): pass\n");
  }

  @Test
  void tellsSourceFilesFromOthersAndKeepsEmptyDirectories() throws IOException {
    write(root.resolve("shop/cart.py"), "");
    write(root.resolve("shop/data.json"), "{}");
    Files.createDirectories(root.resolve("empty/inner"));

    assertThat(list())
        .containsExactly(
            new TreeEntry.Folder(Path.of("empty")),
            new TreeEntry.Folder(Path.of("empty/inner")),
            new TreeEntry.Folder(Path.of("shop")),
            new TreeEntry.SourceFile(Path.of("shop/cart.py"), Language.PYTHON),
            new TreeEntry.PlainFile(Path.of("shop/data.json")));
  }

  @Test
  void followsNoLinkToADirectory() throws IOException {
    write(root.resolve("pkg/a.py"), "");
    Files.createSymbolicLink(root.resolve("again"), Path.of("pkg"));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("."));
    Files.createSymbolicLink(root.resolve("elsewhere"), outside);

    assertThat(list())
        .containsExactly(
            new TreeEntry.Link(Path.of("again"), Path.of("pkg")),
            new TreeEntry.Link(Path.of("elsewhere"), outside),
            new TreeEntry.Link(Path.of("loop"), Path.of(".")),
            new TreeEntry.Folder(Path.of("pkg")),
            new TreeEntry.SourceFile(Path.of("pkg/a.py"), Language.PYTHON));
  }

  @Test
  void refusesSourceLinksThatLeaveTheRootAndCarriesThemOverAsLinks() throws IOException {
    Files.createDirectory(root.resolve("pkg"));
    Files.createSymbolicLink(root.resolve("absolute.py"), outside.resolve("secret.py"));
    Files.createSymbolicLink(root.resolve("pkg/up.py"), Path.of("../../outside/secret.py"));
    Files.createSymbolicLink(root.resolve("pkg/inside.py"), Path.of("../pkg/../gone.py"));

    List<TreeEntry> entries = list();

    assertThat(entries)
        .filteredOn(TreeEntry.Refused.class::isInstance)
        .extracting(TreeEntry::path, e -> ((TreeEntry.Refused) e).reason())
        .containsExactlyInAnyOrder(
            tuple(Path.of("absolute.py"), RejectReason.PATH),
            tuple(Path.of("pkg/up.py"), RejectReason.PATH));
    assertThat(entries)
        .contains(
            new TreeEntry.Link(Path.of("absolute.py"), outside.resolve("secret.py")),
            new TreeEntry.Link(Path.of("pkg/up.py"), Path.of("../../outside/secret.py")),
            new TreeEntry.Link(Path.of("pkg/inside.py"), Path.of("../pkg/../gone.py")));
    assertThat(entries).noneMatch(TreeEntry.SourceFile.class::isInstance);
  }

  @Test
  void leavesOutGitAndTheRunsOwnDirectoryWhateverTheyAre() throws IOException {
    write(root.resolve(".git/hooks/a.py"), "");
    write(root.resolve("submodule/.git"), "gitdir: ../.git/modules/submodule\n");
    Files.createSymbolicLink(root.resolve(".telemetry-inject"), outside);
    write(root.resolve("pkg/.gitignore"), "");

    assertThat(list())
        .containsExactly(
            new TreeEntry.Folder(Path.of("pkg")),
            new TreeEntry.PlainFile(Path.of("pkg/.gitignore")),
            new TreeEntry.Folder(Path.of("submodule")));
  }

  @Test
  void leavesOutDirectoriesItIsTold() throws IOException {
    write(root.resolve("build/out/a.py"), "");
    write(root.resolve("out/a.py"), "");

    List<TreeEntry> entries =
        new SourceTree(root, Answers.PACKS, everything(), Set.of(root.resolve("build/out"))).list();

    assertThat(entries)
        .extracting(TreeEntry::path)
        .containsExactly(Path.of("build"), Path.of("out"), Path.of("out/a.py"));
  }

  @Test
  void refusesWhatIsNeitherFileNorDirectoryNorLink() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe.py").toString()).start();
    assumeTrue(mkfifo.waitFor() == 0, "no mkfifo here");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(root.resolve("socket.py")));

      assertThat(list())
          .extracting(TreeEntry::path, e -> ((TreeEntry.Refused) e).reason())
          .containsExactly(
              tuple(Path.of("pipe.py"), RejectReason.UNREADABLE),
              tuple(Path.of("socket.py"), RejectReason.UNREADABLE));
    }
  }

  @Test
  void refusesDirectoriesItMayNotRead() throws IOException {
    Path closed = Files.createDirectory(root.resolve("closed"));
    write(root.resolve("open.py"), "");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(closed), "the superuser may read everything");

    assertThat(list())
        .containsExactly(
            new TreeEntry.Refused(
                Path.of("closed"), RejectReason.UNREADABLE, "AccessDeniedException"),
            new TreeEntry.SourceFile(Path.of("open.py"), Language.PYTHON));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void keepsOddNamesApart() throws IOException {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "needs LC_ALL=C.UTF-8");
    List<Path> odd =
        List.of(
            root.resolve("a b.py"),
            root.resolve("a\nb.py"),
            root.resolve("Case.py"),
            root.resolve("case.py"),
            root.resolve("über.py"),
            root.resolve("%FF.py"),
            rawName(root, "%FF.py"),
            rawName(root, "%25FF%FF.py"));
    odd.forEach(file -> write(file, ""));

    List<TreeEntry> entries = list();

    assertThat(entries)
        .hasSize(odd.size())
        .allMatch(TreeEntry.SourceFile.class::isInstance)
        .extracting(entry -> root.resolve(entry.path()))
        .containsExactlyInAnyOrderElementsOf(odd);
    assertThat(entries).extracting(entry -> PathText.of(entry.path())).doesNotHaveDuplicates();
    assertThat(entries)
        .allSatisfy(e -> assertThat(PathText.toPath(PathText.of(e.path()))).isEqualTo(e.path()));
  }

  private List<TreeEntry> list() throws IOException {
    return new SourceTree(root, Answers.PACKS, everything(), Set.of()).list();
  }

  private static PathFilter everything() {
    return new PathFilter(List.of(), List.of());
  }
}
