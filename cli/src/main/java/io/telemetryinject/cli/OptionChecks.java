package io.telemetryinject.cli;

import java.util.stream.Stream;

/** Options that do not go together, or not in this version. */
final class OptionChecks {
  private OptionChecks() {}

  static void check(InputOptions input, ScriptOptions scripts, PipelineOptions pipeline)
      throws Complaint {
    refuse(
        Stream.of(input.output != null, input.inPlace, input.diff).filter(b -> b).count() > 1,
        "--output, --in-place and --diff exclude one another",
        "Name one of them.");
    refuse(
        pipeline.embedded && pipeline.kafka != null,
        "--embedded and --kafka exclude one another",
        "--embedded brings a broker of its own; --kafka names one that runs already.");
    refuse(
        !scripts.provider.equals("template"),
        "the provider " + scripts.provider + " is not known to this version",
        "Use --provider template, which needs no model.");
    refuse(
        scripts.maxWorkers < 1,
        "--max-workers " + scripts.maxWorkers + " is not positive",
        "Name at least 1.");
  }

  private static void refuse(boolean wrong, String what, String advice) throws Complaint {
    if (wrong) {
      throw new Complaint(ExitCode.USAGE, what, advice);
    }
  }
}
