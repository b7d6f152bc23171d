package io.telemetryinject.cli;

import io.telemetryinject.cache.Namespace;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.s3.OpenCache;
import io.telemetryinject.coordinator.order.Reasons;
import io.telemetryinject.coordinator.output.Uninjector;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.python.PythonPack;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command: a run, its undoing, or what is to be done to the cache. */
@Command(
    name = "telemetry-inject",
    mixinStandardHelpOptions = true,
    version = "telemetry-inject 0.1.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Puts telemetry into every function of a source tree.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all functions instrumented, or left alone by rule",
      "1:some rejected or failed; files were written all the same",
      "2:usage or input error; nothing was written",
      "3:stopped by budget or interruption; the same command resumes"
    })
final class TelemetryInject implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private final InputOptions input = new InputOptions();
  @Mixin private final ScriptOptions scripts = new ScriptOptions();
  @Mixin private final ModelOptions models = new ModelOptions();
  @Mixin private final PipelineOptions pipeline = new PipelineOptions();
  @Mixin private final CacheOptions cache = new CacheOptions();

  TelemetryInject(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  boolean verbose() {
    return pipeline.verbose;
  }

  @Override
  public Integer call() throws Exception {
    if (cache.any()) {
      Namespace namespace = scripts.trust().writesTo();
      try (OpenCache open = scripts.place().within(namespace).open(new OutagePrinter(err))) {
        return new CacheCommand(out, err, open.store(), namespace, scripts)
            .run(cache, signingKey());
      }
    }
    if (input.input == null) {
      throw new Complaint(
          ExitCode.USAGE, "no input was named", "Name a directory with --input, or see --help.");
    }
    return input.uninject ? uninject(Path.of(input.input)) : run(input.input);
  }

  private int run(String name) throws Exception {
    OptionChecks.check(input, scripts, models, pipeline);
    scripts.outputInBucket = input.namesBucket();
    return new RunCommand(out, err, input, scripts, models, pipeline).run(name, signingKey());
  }

  private Path signingKey() throws IOException {
    return scripts.signingKey == null
        ? SigningKeys.defaultFile(System.getenv())
        : scripts.signingKey;
  }

  private int uninject(Path directory) throws Exception {
    if (!Files.isDirectory(directory)) {
      throw new Complaint(
          ExitCode.USAGE,
          "the input " + directory + " is not a directory",
          "Name an instrumented directory with --input.");
    }
    LanguagePacks packs = new LanguagePacks(List.of(new PythonPack()));
    Optional<Uninjector.Result> result = new Uninjector(directory.toRealPath(), packs).run();
    if (result.isEmpty()) {
      throw new Complaint(
          ExitCode.USAGE,
          directory + " has no .telemetry-inject manifest",
          "Only what a run has written can be taken back; name its output.");
    }
    result
        .get()
        .edited()
        .forEach(e -> out.println(e.path() + "  " + Reasons.of(e.file().outcome())));
    out.println(result.get().files() + " files are as they were before");
    return result.get().edited().isEmpty() ? ExitCode.CLEAN : ExitCode.PROBLEMS;
  }
}
