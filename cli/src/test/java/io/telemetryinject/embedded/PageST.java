package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.telemetryinject.cli.TestTree;
import io.telemetryinject.embedded.ServiceRig.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * A run that a browser follows from its order to its end. With {@code -Dpage.picture=FILE} the
 * browser leaves a picture of the page.
 */
class PageST {
  private static final Path BROWSER_TEST = Path.of("src", "test", "browser").toAbsolutePath();
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String HOSTILE = "<img src=x onerror=document.title='stolen'>.py";
  private static final Path SHOWN = Path.of("..", "examples", "shop", "shop", "checkout");

  @TempDir(factory = ShortName.class)
  private Path directory;

  /** It is in the picture. */
  static final class ShortName implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      return Files.createTempDirectory("page");
    }
  }

  @Test
  void isFollowedLiveToTheEndOfARun() throws Exception {
    assumeTrue(Files.isExecutable(CHROMIUM), "Chromium: bin/install-prerequisites test-tools");
    assumeTrue(
        Files.isDirectory(BROWSER_TEST.resolve("node_modules")),
        "playwright-core: bin/install-prerequisites test-tools");
    try (ServiceRig rig = new ServiceRig(directory)) {
      Path tree = TestTree.generate(rig.in().resolve("shop"), 600);
      TestTree.copy(SHOWN, tree.resolve("checkout"));
      Files.writeString(tree.resolve(HOSTILE), "def broken(:\n");
      rig.startWorkers();
      try (Service service = rig.service("--telemetry-inject.service.token-file=" + rig.token())) {
        assertThat(browse(settings(service, rig, tree))).isEmpty();
      }
    }
  }

  private Map<String, String> settings(Service service, ServiceRig rig, Path tree) {
    Map<String, String> settings = new HashMap<>();
    settings.put("chromium", CHROMIUM.toString());
    settings.put("url", service.uri("/").toString());
    settings.put("token", ServiceRig.TOKEN);
    settings.put("name", "shop-nightly");
    settings.put("input", tree.toString());
    settings.put("output", rig.out().resolve("shop").toString());
    settings.put("hostile", HOSTILE);
    settings.put("file", "checkout/cart.py");
    settings.put("original", tree.resolve("checkout/cart.py").toString());
    String picture = System.getProperty("page.picture");
    if (picture != null) {
      settings.put("picture", Path.of(picture).toAbsolutePath().toString());
    }
    return settings;
  }

  /** What the browser's side complains of; empty if nothing. */
  private String browse(Map<String, String> settings) throws IOException, InterruptedException {
    Path file = directory.resolve("settings.json");
    ServiceRig.JSON.writeValue(file, settings);
    Path log = directory.resolve("browser.log");
    Process process =
        new ProcessBuilder("node", BROWSER_TEST.resolve("page.mjs").toString(), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = process.waitFor(2, TimeUnit.MINUTES);
      String told = Files.readString(log);
      return ended && process.exitValue() == 0 ? "" : "the browser's test failed: " + told;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
