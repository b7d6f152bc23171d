package io.telemetryinject.cli;

import java.util.stream.Stream;

/** Options that do not go together, or not in this version. */
final class OptionChecks {
  private OptionChecks() {}

  static void check(
      InputOptions input, ScriptOptions scripts, ModelOptions models, PipelineOptions pipeline)
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
        pipeline.kafka != null && models.namesModel(),
        "--kafka and --provider exclude one another",
        "Workers elsewhere write the scripts; name their models in their own configuration.");
    refuse(
        scripts.useScripts && models.noScripts,
        "--use-scripts and --no-scripts exclude one another",
        "Name one of them.");
    refuse(
        models.noScripts && pipeline.kafka == null && !models.namesModel(),
        "--no-scripts needs a model",
        "Name one with --provider ollama, openai or anthropic.");
    refuse(
        models.estimate && (pipeline.kafka != null || !models.namesModel()),
        "--estimate needs a model",
        "Name one with --provider ollama, openai or anthropic, and no broker.");
    refuse(models.healRounds < 0, "--heal-rounds is negative", "Name 0 for no healing, or more.");
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
