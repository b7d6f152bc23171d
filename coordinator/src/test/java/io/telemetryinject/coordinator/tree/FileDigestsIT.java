package io.telemetryinject.coordinator.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsIT {
  private static final Path FILE = Path.of("pkg", "a.py");
  private static final String DIGEST = Sha256.of("one");

  @TempDir private Path directory;
  private Path root;
  private Path memory;

  @BeforeEach
  void makeTree() throws IOException {
    root = Files.createDirectories(directory.resolve("tree"));
    memory = directory.resolve("memory");
    Files.createDirectories(root.resolve("pkg"));
    Files.writeString(root.resolve(FILE), "one");
  }

  private FileDigests open() throws IOException {
    return FileDigests.of(memory, root);
  }

  private static void waitUntilItIsOld() throws InterruptedException {
    Thread.sleep(Duration.ofMillis(2_100).toMillis());
  }

  private void remember() throws Exception {
    waitUntilItIsOld();
    FileDigests digests = open();
    assertThat(digests.digest(FILE)).isEqualTo(DIGEST);
    digests.save();
    assertThat(open().look(FILE).known()).as("control").contains(DIGEST);
  }

  @Test
  void forgetsWhatWasChangedInWhateverWay() throws Exception {
    remember();
    Path file = root.resolve(FILE);
    FileTime modified = Files.getLastModifiedTime(file);

    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, modified);
    assertThat(open().look(FILE).known()).as("written, and dated back").isEmpty();
    assertThat(open().digest(FILE)).isEqualTo(Sha256.of("two"));

    Files.writeString(root.resolve("other"), "one");
    Files.move(root.resolve("other"), root.resolve("pkg/b.py"));
    assertThat(open().look(Path.of("pkg", "b.py")).known()).as("another file").isEmpty();
    Files.delete(file);
    assertThat(open().look(FILE).known()).as("gone").isEmpty();
    Files.createSymbolicLink(file, root.resolve("pkg/b.py"));
    assertThat(open().look(FILE).known()).as("a link").isEmpty();
  }

  @Test
  void remembersNothingThatWasChangedJustBefore() throws Exception {
    FileDigests digests = open();
    assertThat(digests.digest(FILE)).isEqualTo(DIGEST);
    digests.save();

    assertThat(open().look(FILE).known()).isEmpty();
  }

  @Test
  void remembersNothingThatChangesWhileItIsRead() throws Exception {
    waitUntilItIsOld();
    FileDigests digests = open();
    FileDigests.Look look = digests.look(FILE);
    Files.writeString(root.resolve(FILE), "two");
    look.note(DIGEST);
    digests.save();

    assertThat(open().look(FILE).known()).isEmpty();
  }

  @Test
  void forgetsFilesThatAreNotSeenAnyMore() throws Exception {
    remember();

    open().save();
    assertThat(open().look(FILE).known()).isEmpty();
  }

  @Test
  void readsFilesWhenItsMemoryIsOfNoUse() throws Exception {
    remember();
    Path file;
    try (var files = Files.list(memory)) {
      file = files.findFirst().orElseThrow();
    }
    String whole = Files.readString(file);
    for (String text :
        new String[] {
          "", "x", whole.replace("1\t", "2\t"), whole.replace("\t", "\tx"), "\0\n\t\n"
        }) {
      Files.writeString(file, text);
      assertThat(open().look(FILE).known()).as(text).isEmpty();
    }
    Files.writeString(file, whole);
    assertThat(FileDigests.of(memory, directory).look(FILE).known()).as("another tree").isEmpty();
    Files.delete(file);
    Files.delete(memory);
    Files.writeString(memory, "no directory");
    FileDigests digests = open();
    assertThat(digests.digest(FILE)).isEqualTo(DIGEST);
    assertThatCode(digests::save).doesNotThrowAnyException();
  }
}
