package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/** A cache that holds the scripts of one source, made once for a class of tests. */
final class WarmCache implements BeforeAllCallback {
  /** Two functions that need a script each. */
  static final String SOURCE =
      """
      import sys


      def add(a, b):
          return a + b


      def main(argv):
          print(add(*argv))
      """;

  private Path warm;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    warm = Files.createTempDirectory("warm-cache");
    context
        .getStore(ExtensionContext.Namespace.create(WarmCache.class))
        .put(warm, (AutoCloseable) () -> FileSystemUtils.deleteRecursively(warm));
    Path tree = Files.createDirectories(warm.resolve("tree"));
    Files.writeString(tree.resolve("app.py"), SOURCE);
    Command command = Command.run(warm, "--input", tree.toString());
    assertThat(command.exitCode()).as(command.toString()).isZero();
  }

  /** Gives a test a cache, and the key that signed it, of its own. */
  void copyTo(Path home) throws IOException {
    TestTree.copy(warm.resolve("cache"), home.resolve("cache"));
    TestTree.copy(warm.resolve("key"), home.resolve("key"));
  }
}
