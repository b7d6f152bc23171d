package io.telemetryinject.cache.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cache.s3.S3Tree.Moved;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3TreeIT {
  private static final List<String> NAMES =
      List.of(
          "a.py",
          "package/b.py",
          "package/deep/er/c.py",
          "with blank.py",
          "a+b&c=d?e#f.py",
          "100%.py",
          "100%25.py",
          "zeile\num.py",
          "back\\slash.py",
          "ünïcode/日本.py",
          "dots..py",
          "~tilde'quote\"double.py",
          "<angle>.py",
          "empty.py");

  @TempDir Path root;
  private Path source;
  private Path target;
  private S3Server server;
  private S3Tree tree;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.start(root);
    Path bucket = Files.createDirectory(root.resolve("bucket"));
    tree = S3Tree.open(server.settings(bucket.resolve("out")), OutageListener.logging());
    source = root.resolve("source");
    target = root.resolve("target");
    for (String name : NAMES) {
      write(name, name.equals("empty.py") ? "" : "text of " + name);
    }
    Files.createSymbolicLink(source.resolve("link"), Path.of("package/b.py"));
    assertThat(source.resolve("package/b.py").toFile().setExecutable(true)).isTrue();
  }

  @AfterEach
  void stop() {
    tree.close();
    server.close();
  }

  private void write(String name, String text) throws Exception {
    Path file = source.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void fetchesWhatWasPublishedUnderWhateverName() throws Exception {
    int files = NAMES.size() + 1;
    assertThat(tree.fetch(target)).as("before").isEmpty();
    assertThat(tree.publish(source)).isEqualTo(new Moved(files, files, 0));

    assertThat(tree.fetch(target)).hasValue(new Moved(files, files, 0));

    for (String name : NAMES) {
      assertThat(target.resolve(name)).hasSameBinaryContentAs(source.resolve(name));
    }
    assertThat(Files.readSymbolicLink(target.resolve("link"))).isEqualTo(Path.of("package/b.py"));
    assertThat(target.resolve("package/b.py")).isExecutable();
    assertThat(Files.isExecutable(target.resolve("a.py"))).isFalse();
    assertThat(tree.fetch(target)).as("again").hasValue(new Moved(files, 0, 0));
    assertThat(tree.publish(target)).as("back").isEqualTo(new Moved(files, 0, 0));
  }

  @Test
  void movesWhatHasChangedOnly() throws Exception {
    tree.publish(source);
    tree.fetch(target);
    write("a.py", "changed");
    write("new.py", "new");
    Files.delete(source.resolve("100%.py"));
    int files = NAMES.size() + 1;

    assertThat(tree.publish(source)).isEqualTo(new Moved(files, 2, 1));
    assertThat(tree.fetch(target)).hasValue(new Moved(files, 2, 1));

    assertThat(target.resolve("a.py")).hasContent("changed");
    assertThat(target.resolve("new.py")).hasContent("new");
    assertThat(target.resolve("100%.py")).doesNotExist();
    assertThat(target.resolve("100%25.py")).hasContent("text of 100%25.py");
  }
}
