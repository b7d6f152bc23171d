package io.telemetryinject.cli;

import io.telemetryinject.generator.LadderSettings;
import io.telemetryinject.generator.LadderSettings.Rung;
import io.telemetryinject.generator.RungSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who writes scripts, and what that may cost. */
final class ModelOptions {
  private static final String TEMPLATE = "template";

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      split = ",",
      defaultValue = TEMPLATE,
      description = {
        "Who writes scripts: template (no model involved; the default), ollama, openai or anthropic.",
        "Several, separated by commas, are asked in turn; the template comes last."
      })
  List<String> providers = List.of(TEMPLATE);

  @Option(
      names = "--model",
      paramLabel = "NAME",
      split = ",",
      description = {
        "The provider's model (default: one that is good at code).",
        "Several, separated by commas, go to the providers other than template in turn."
      })
  List<String> models = List.of();

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      split = ",",
      description =
          "A server that speaks the provider's protocol (default: the provider's own); several"
              + " likewise.")
  List<String> baseUrls = List.of();

  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description = "What models may cost in this run; then scripts come from cache and template.")
  @Nullable BigDecimal maxCost;

  @Option(
      names = "--daily-max-cost",
      paramLabel = "USD",
      description = "What models may cost in all runs of a day (UTC).")
  @Nullable BigDecimal dailyMaxCost;

  @Option(
      names = "--requests-per-minute",
      paramLabel = "N",
      description = "Calls a minute that the provider allows; 0 for no limit.")
  @Nullable Integer requestsPerMinute;

  @Option(
      names = "--tokens-per-minute",
      paramLabel = "N",
      description = "Tokens a minute that the provider allows; 0 for no limit.")
  @Nullable Long tokensPerMinute;

  @Option(
      names = "--concurrent-calls",
      paramLabel = "N",
      description = "How many calls are under way at once, at most.")
  @Nullable Integer concurrentCalls;

  @Option(
      names = "--call-attempts",
      paramLabel = "N",
      description = "How often a call that fails in passing is made, at most (default: 5).")
  @Nullable Integer callAttempts;

  @Option(names = "--stream", description = "Have answers sent in pieces.")
  boolean stream;

  @Option(
      names = "--heal-rounds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How often a model is shown what its script did wrong (default: ${DEFAULT-VALUE}).")
  int healRounds = LadderSettings.HEAL_ROUNDS;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "Prices of models, in addition to and before the known ones.")
  @Nullable Path prices;

  @Option(
      names = "--estimate",
      description = "Print calls, tokens and cost of a run, and spend nothing.")
  boolean estimate;

  @Option(
      names = "--no-scripts",
      description = "Have the model instrument each function itself; nothing is cached.")
  boolean noScripts;

  /** Whether anybody but the template is named. */
  boolean namesModel() {
    return countOfModels() > 0;
  }

  /** How many providers are named beside the template. */
  long countOfModels() {
    return providers.stream().filter(provider -> !provider.equals(TEMPLATE)).count();
  }

  /** Limit of the run in millionths of a US dollar. */
  long maxMicroDollars() {
    return micros(maxCost);
  }

  /** The authors, in the order they are named. */
  LadderSettings ladder(Path cacheDir) throws Complaint {
    List<Rung> rungs = new ArrayList<>();
    try {
      int model = 0;
      for (String provider : providers) {
        rungs.add(rung(provider, model));
        model += provider.equals(TEMPLATE) ? 0 : 1;
      }
    } catch (IllegalArgumentException e) {
      throw new Complaint(
          ExitCode.USAGE,
          String.valueOf(e.getMessage()),
          "Use template, which needs no model, or ollama, openai or anthropic.");
    }
    return new LadderSettings(
        rungs,
        healRounds,
        LadderSettings.NEGATIVES_HOLD,
        LadderSettings.spendDirectoryOf(cacheDir),
        micros(dailyMaxCost));
  }

  private Rung rung(String provider, int i) {
    return new RungSettings(
            provider,
            i < models.size() ? models.get(i) : null,
            i < baseUrls.size() ? baseUrls.get(i) : null,
            requestsPerMinute,
            tokensPerMinute,
            concurrentCalls,
            stream,
            null,
            callAttempts,
            prices)
        .rung();
  }

  private static long micros(@Nullable BigDecimal dollars) {
    return dollars == null
        ? Long.MAX_VALUE
        : dollars
            .movePointRight(6)
            .setScale(0, RoundingMode.FLOOR)
            .min(BigDecimal.valueOf(Long.MAX_VALUE - 1))
            .longValue();
  }
}
