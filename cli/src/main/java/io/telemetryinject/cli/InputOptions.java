package io.telemetryinject.cli;

import io.telemetryinject.coordinator.order.OrderedOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to instrument and where the result goes. */
final class InputOptions {
  @Option(
      names = "--input",
      paramLabel = "DIR|URL",
      description = "Directory to instrument, or a git repository (https, ssh, file, or bare).")
  @Nullable String input;

  @Option(
      names = "--ref",
      paramLabel = "REF",
      description =
          "Branch, tag or commit of the git repository named by --input (default for a URL: its"
              + " default branch). Its tree is the input; work trees are left alone.")
  @Nullable String ref;

  @Option(
      names = "--output",
      paramLabel = "DIR|FILE|s3://BUCKET/PREFIX",
      description =
          "Directory for the result (default: DIR-instrumented beside the input), a file that"
              + " ends in .patch or .diff: one patch for git apply or patch -p1, or a place in a"
              + " bucket.")
  @Nullable String output;

  @Option(
      names = "--incremental",
      description =
          "Build on the last completed run to the same --output: what has not changed since is"
              + " neither read (git) nor done again.")
  boolean incremental;

  @Option(
      names = "--in-place",
      description = "Put the result in the input's place; --uninject takes it back.")
  boolean inPlace;

  @Option(
      names = "--diff",
      description = "Show what would change as a unified diff; write nothing.")
  boolean diff;

  @Option(
      names = "--uninject",
      description = "Take every insertion out of --input again, byte for byte.")
  boolean uninject;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Instrument only source files that match; may be repeated.")
  List<String> includes = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Carry matching source files over as they are; may be repeated.")
  List<String> excludes = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "What to instrument, and how, as YAML (default: telemetry.yaml in the input, if any).")
  @Nullable Path policy;

  /** Whether the output goes to a bucket. */
  boolean namesBucket() {
    return output != null && OrderedOutput.namesBucket(output);
  }

  /** Whether the output is one patch. */
  boolean namesPatch() {
    return output != null && OrderedOutput.namesPatch(output);
  }
}
