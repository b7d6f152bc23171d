package io.telemetryinject.cli;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        input.inPlace && input.ref != null,
        "--ref and --in-place exclude one another",
        "A commit cannot be changed; name a directory or a patch with --output.");
    refuse(
        input.incremental && (input.inPlace || input.diff || input.namesPatch()),
        "--incremental needs a tree of its own as output",
        "Name a directory with --output; a patch, --diff and --in-place are always whole.");
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
    checkModels(models);
    refuse(
        scripts.maxWorkers < 1,
        "--max-workers " + scripts.maxWorkers + " is not positive",
        "Name at least 1.");
  }

  private static void checkModels(ModelOptions models) throws Complaint {
    refuse(models.healRounds < 0, "--heal-rounds is negative", "Name 0 for no healing, or more.");
    checkNames("--model", models.models, models);
    checkNames("--base-url", models.baseUrls, models);
    checkLimit("--max-cost", models.maxCost, 0);
    checkLimit("--daily-max-cost", models.dailyMaxCost, 0);
    checkLimit("--requests-per-minute", models.requestsPerMinute, 0);
    checkLimit("--tokens-per-minute", models.tokensPerMinute, 0);
    checkLimit("--concurrent-calls", models.concurrentCalls, 1);
    checkLimit("--call-attempts", models.callAttempts, 1);
  }

  private static void checkNames(String option, List<String> names, ModelOptions models)
      throws Complaint {
    refuse(
        !names.isEmpty() && !models.namesModel(),
        option + " " + String.join(",", names) + " has no provider",
        "Name one with --provider ollama, openai or anthropic.");
    refuse(
        names.size() > models.countOfModels(),
        option
            + " names "
            + names.size()
            + " values for "
            + models.countOfModels()
            + " of the providers "
            + String.join(",", models.providers),
        "Name at most one for each provider other than template, in the same order.");
    refuse(
        names.stream().anyMatch(String::isBlank),
        option + " " + String.join(",", names) + " holds an empty name",
        "Name something between the commas.");
  }

  private static void checkLimit(String option, @Nullable Number value, int least)
      throws Complaint {
    refuse(
        value != null && value.doubleValue() < least,
        option + " " + value + " is too little",
        "Name at least " + least + ", or leave it out.");
  }

  private static void refuse(boolean wrong, String what, String advice) throws Complaint {
    if (wrong) {
      throw new Complaint(ExitCode.USAGE, what, advice);
    }
  }
}
