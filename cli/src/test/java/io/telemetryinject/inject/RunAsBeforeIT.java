package io.telemetryinject.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.telemetryinject.coordinator.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the programs among the test resources as they are, and instrumented. */
class RunAsBeforeIT {
  private static final String WHEELS = ".telemetry-inject";
  private static final List<String> PIP =
      List.of("-m", "pip", "--disable-pip-version-check", "--no-cache-dir", "--quiet");

  private static final Path BEFORE = Path.of("src/test/resources/programs").toAbsolutePath();

  /** Holds the output, whose path has blanks. */
  @TempDir static Path scratch;

  private static Path after;
  private static RunReport report;

  static Stream<Program> programs() {
    return Stream.of(
        Program.of("script", "path/script.py", "1", "2"),
        Program.of("tool", "pkg/tool.py"),
        Program.of("module", "-m", "pkg"),
        Program.of("folder", "pkgdir"),
        Program.of("tested", "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"),
        Program.of("spaces", "-m", "acme.app").with("PYTHONPATH", "a:b"),
        Program.of("spaces", "b/acme/app.py").with("PYTHONPATH", "a:b"),
        Program.main("names"),
        Program.main("stars"),
        Program.main("oneline"),
        Program.main("generators"),
        Program.main("cancelled"),
        Program.main("timeouts"),
        Program.main("hostile"),
        Program.main("processes"),
        Program.main("threads"),
        Program.main("pickled"),
        Program.main("decorated"),
        Program.main("recursion"),
        Program.main("exceptions"),
        Program.main("exits"),
        Program.main("killed").leavingOpen("main:dies", "main:main", "main:waits"));
  }

  @BeforeAll
  static void instrument() throws Exception {
    after = scratch.resolve("programs instrumented");
    Path cache = Path.of("target/test-script-cache");
    try (ScriptBasedInjector injector =
        ScriptBasedInjector.builder()
            .cacheDir(cache.toAbsolutePath())
            .signingKey(Path.of("target/test-signing-key").toAbsolutePath())
            .python(ProgramRun.PYTHON)
            .maxWorkers(2)
            .build()) {
      report = injector.instrumentTree(BEFORE, after);
    }
  }

  @Test
  void everyFunctionIsInstrumentedButStubs() {
    assertThat(report.notApplied())
        .extracting(entry -> entry.path() + " " + entry.function().qualifiedName())
        .containsExactlyInAnyOrder(
            "decorated/main.py Base.area",
            "oneline/main.py nothing",
            "oneline/main.py only_documented");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void runsAsBefore(Program program) throws Exception {
    ProgramRun original = run(BEFORE, program, Map.of());

    assertThat(original.output()).isNotBlank();
    assertThat(run(after, program, Map.of())).isEqualTo(original);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void runsAsBeforeWhileItsEventsBalance(Program program) throws Exception {
    Path events = Files.createTempDirectory(scratch, "events").resolve("events.jsonl");

    ProgramRun traced =
        run(
            after,
            program,
            Map.of("TELEMETRY_EXPORTER", "jsonl", "TELEMETRY_FILE", events.toString()));

    assertThat(traced).isEqualTo(run(BEFORE, program, Map.of()));
    EventBalance balance = EventBalance.of(events);
    assertThat(balance.wrong()).isEmpty();
    assertThat(balance.open()).isEqualTo(program.open());
    assertThat(balance.entries()).isPositive().isEqualTo(balance.ends() + balance.open().size());
  }

  @Test
  void runsAsBeforeWhenInstalledFromWheels() throws Exception {
    assumePip();
    Path plain = install(BEFORE.resolve("wheel"), List.of());
    ProgramRun original = run(plain, shopkit(plain), Map.of());

    Path traced = install(after.resolve("wheel"), List.of(runtimeWheel()));

    assertThat(original.exitCode()).isEqualTo(4);
    assertThat(run(traced, shopkit(traced), Map.of())).isEqualTo(original);
    assertThat(traced.resolve("_telemetry_scripts.tsv")).content().contains("shopkit:price\t");
  }

  /** Control: what a build takes by package leaves the runtime behind. */
  @Test
  void needsTheRuntimesWheelWhenInstalledFromWheels() throws Exception {
    assumePip();

    Path traced = install(after.resolve("wheel"), List.of());

    assertThat(run(traced, shopkit(traced), Map.of()).lastWords())
        .contains("No module named '_telemetry_utils'");
  }

  private static ProgramRun run(Path tree, Program program, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(program.environment());
    environment.putAll(settings);
    return ProgramRun.of(tree.resolve(program.folder()), program.arguments(), environment);
  }

  private static Program shopkit(Path installed) {
    return Program.of(scratch.toString(), "-m", "shopkit").with("PYTHONPATH", installed.toString());
  }

  private static Path runtimeWheel() throws IOException {
    try (Stream<Path> files = Files.list(after.resolve(WHEELS))) {
      return files.filter(file -> file.toString().endsWith(".whl")).findFirst().orElseThrow();
    }
  }

  private static void assumePip() throws Exception {
    List<String> check = List.of("-c", "import setuptools.build_meta, wheel, pip");
    boolean there = ProgramRun.of(Path.of("."), check, Map.of()).exitCode() == 0;
    assumeTrue(there, ProgramRun.PYTHON + " has no pip, setuptools and wheel: not tried");
  }

  /** Builds a project's wheel from a copy, since builds write into their sources, and installs. */
  private static Path install(Path project, List<Path> besides) throws Exception {
    Path work = Files.createTempDirectory(scratch, "install");
    Path copy = work.resolve("project");
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(project.relativize(file).toString()));
      }
    }
    Path wheels = Files.createDirectory(work.resolve("wheels"));
    pip(work, "wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", "wheels", "./project");
    for (Path wheel : besides) {
      Files.copy(wheel, wheels.resolve(wheel.getFileName()));
    }
    try (Stream<Path> built = Files.list(wheels)) {
      for (Path wheel : (Iterable<Path>) built::iterator) {
        pip(work, "install", "--no-index", "--no-deps", "--target", "installed", wheel.toString());
      }
    }
    return work.resolve("installed");
  }

  private static void pip(Path folder, String... arguments) throws Exception {
    List<String> command = Stream.concat(PIP.stream(), Stream.of(arguments)).toList();
    ProgramRun run = ProgramRun.of(folder, command, Map.of());
    assertThat(run.exitCode()).as(run.output() + run.lastWords()).isZero();
  }
}
