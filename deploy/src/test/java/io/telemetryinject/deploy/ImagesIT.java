package io.telemetryinject.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The images without an engine: their layers and archives are made as the Dockerfile says, and
 * their very command lines run as processes that can write to /tmp and their mounts only.
 */
class ImagesIT {
  private static final Path ROOT =
      Path.of("src/test/resources/io/telemetryinject/deploy/read-only-root").toAbsolutePath();

  @TempDir private Path directory;

  @Test
  void carryARunThroughWithEverythingElseReadOnly() throws Exception {
    assumeTrue(canUnshare(), "no mount namespace can be had here (unshare --mount)");
    Recipe recipe = Recipe.read(Path.of("images/Dockerfile"));
    Path contexts = Files.createDirectory(directory.resolve("contexts"));
    prepare(contexts);
    try (EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        PipelineRehearsal rehearsal =
            new PipelineRehearsal(new Unshared(recipe, contexts), broker, directory)) {
      List<CompletableFuture<Path>> made =
          List.of("analyzer", "generator", "executor", "coordinator").stream()
              .map(role -> CompletableFuture.supplyAsync(() -> follow(recipe, contexts, role)))
              .toList();
      made.forEach(CompletableFuture::join);

      rehearsal.createsTopics(topicsCommand(directory));
      rehearsal.startsWorkers();
      rehearsal.usesTheArchiveOfClasses();
      rehearsal.runsOnce();
      rehearsal.stopsWorkersInOrder();
    }
  }

  @Test
  void couldWriteNowhereElse() throws Exception {
    assumeTrue(canUnshare(), "no mount namespace can be had here (unshare --mount)");
    Path app = Files.createDirectory(directory.resolve("app"));
    Path mounts = Files.createDirectory(directory.resolve("mounts"));
    String writing = "touch /tmp/a /mounts/b || exit 3; touch /app/c || touch /c || touch /usr/c";
    List<String> command = new ArrayList<>(Unshared.NAMESPACE);
    command.addAll(List.of(ROOT.toString(), Unshared.user("10001:10001")));
    command.addAll(List.of(app.toString(), mounts.toString(), "sh", "-c", writing));

    assertThat(new ProcessBuilder(command).start().waitFor()).isEqualTo(1);
    assertThat(mounts.resolve("b")).exists();
    assertThat(app).isEmptyDirectory();
  }

  /** A setting in an image's environment would outrank the files that deployments mount. */
  @Test
  void setNothingThatDeploymentsSet() throws IOException {
    assertThat(Recipe.read(Path.of("images/Dockerfile")).environment())
        .containsOnlyKeys("LANG", "HOME");
  }

  /** What the chart has its job run. */
  static List<String> topicsCommand(Path directory) throws IOException {
    Chart chart = Chart.copyTo(directory.resolve("telemetry-inject"));
    List<Path> values = List.of(Chart.SOURCE.resolve("values-kind.yaml"));
    Manifest job =
        chart.render(values, Chart.OLDEST).stream()
            .filter(manifest -> manifest.kind().equals("Job"))
            .findFirst()
            .orElseThrow();
    return job.containers().get(0).path("command").valueStream().map(w -> w.asString()).toList();
  }

  private static Path follow(Recipe recipe, Path contexts, String role) {
    try {
      return recipe.follow(contexts.resolve(role));
    } catch (IOException | InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private static void prepare(Path contexts) throws IOException, InterruptedException {
    ProcessBuilder build = new ProcessBuilder("images/build").inheritIO();
    build.environment().put("PREPARE", contexts.toString());
    assertThat(build.start().waitFor()).isZero();
  }

  private static boolean canUnshare() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Unshared.NAMESPACE);
    command.add("true");
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  /** A process in a mount namespace of its own; as the image's user where we may choose. */
  private record Unshared(Recipe recipe, Path contexts) implements Containment {
    private static final boolean ROOT_USER = System.getProperty("user.name").equals("root");
    static final List<String> NAMESPACE =
        ROOT_USER
            ? List.of("unshare", "--mount")
            : List.of("unshare", "--mount", "--map-root-user");

    /** Who is root here may be anybody there; others have nobody but themselves to be. */
    static String user(String wanted) {
      return ROOT_USER ? wanted : "0:0";
    }

    @Override
    public List<String> command(
        String role,
        Path mounts,
        Map<String, String> environment,
        List<String> entryPoint,
        List<String> arguments) {
      String app = contexts.resolve(role).resolve("app").toString();
      String user = user(recipe.only("USER"));
      List<String> command = new ArrayList<>(NAMESPACE);
      command.addAll(List.of(ROOT.toString(), user, app, mounts.toString()));
      command.addAll(List.of("env", "-i", "PATH=" + System.getenv("PATH")));
      recipe.environment().forEach((name, value) -> command.add(name + "=" + value));
      environment.forEach((name, value) -> command.add(name + "=" + value));
      List<String> start = entryPoint.isEmpty() ? recipe.entryPoint() : entryPoint;
      // The init of containers; nothing is left over here that it would have to reap.
      assertThat(start).startsWith("tini", "--", "java");
      command.addAll(start.subList(2, start.size()));
      command.addAll(arguments);
      return command;
    }
  }
}
