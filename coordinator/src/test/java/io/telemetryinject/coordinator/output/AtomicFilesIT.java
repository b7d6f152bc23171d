package io.telemetryinject.coordinator.output;

import static io.telemetryinject.coordinator.fixture.Trees.content;
import static io.telemetryinject.coordinator.fixture.Trees.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesIT {
  private static final byte[] TEXT = "text".getBytes(UTF_8);

  private Path root;
  private Path outside;
  private AtomicFiles files;

  @BeforeEach
  void makeRoot(@TempDir Path directory) throws IOException {
    root = Files.createDirectory(directory.toRealPath().resolve("root"));
    outside = Files.createDirectory(root.resolveSibling("outside"));
    files = new AtomicFiles(root);
  }

  @Test
  void writesWholeFilesAndKeepsNothingBeside() throws IOException {
    files.write(Path.of("d/e/a.py"), TEXT, null);
    files.removeParts();

    assertThat(root.resolve("d/e/a.py")).hasContent("text");
    assertThat(root.resolve(".telemetry-inject")).isEmptyDirectory();
  }

  @Test
  void leavesTheOldFileWhereTheNewOneCannotBeWritten() throws IOException {
    write(root.resolve("a.py"), "old");
    Path parts = root.resolve(".telemetry-inject/parts");
    Files.delete(parts);

    assertThatIOException().isThrownBy(() -> files.write(Path.of("a.py"), TEXT, null));

    assertThat(root.resolve("a.py")).hasContent("old");
  }

  @Test
  void makesNoDirectoryBeyondALink() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), outside);
    // Control: a plain call does.
    Files.createDirectories(root.resolve("link/plain"));
    Map<String, String> before = content(outside);
    assertThat(before).containsOnlyKeys("plain/");

    assertThatIOException()
        .isThrownBy(() -> files.write(Path.of("link/new/deeper/a.py"), TEXT, null))
        .withMessageContaining("symbolic link");
    assertThatIOException().isThrownBy(() -> files.folder(Path.of("link/new")));

    assertThat(content(outside)).isEqualTo(before);
  }

  @Test
  void writesNothingAboveItsRoot() {
    assertThatThrownBy(() -> files.write(Path.of("../outside/a.py"), TEXT, null))
        .isInstanceOf(IOException.class);
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void copiesFilesOfOthersWithoutTheRightToGiveThemAway() throws IOException {
    Path theirs = Path.of("/etc/passwd");
    assumeFalse(
        !Files.exists(theirs) || Files.getOwner(theirs).equals(Files.getOwner(root)),
        "needs a file of somebody else");

    files.write(Path.of("a.py"), TEXT, theirs);

    assertThat(root.resolve("a.py")).hasContent("text");
    assertThat(Files.getPosixFilePermissions(root.resolve("a.py")))
        .isEqualTo(Files.getPosixFilePermissions(theirs));
  }
}
