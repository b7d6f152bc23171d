package io.telemetryinject.generator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.llm.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who writes scripts, in what order, and for how much.
 *
 * @param rungs from the first that is asked to the last; the template comes last where it is not
 *     named
 * @param healRounds how often a model is shown what its script did wrong, at most
 * @param negativesHold how long a key that all failed on is left alone
 * @param spendDirectory where calls are paid from: shared by all generators of a fleet
 * @param dailyMicroDollars what all runs of a day (UTC) may spend together, in millionths of a US
 *     dollar; {@link Long#MAX_VALUE} for no limit
 */
public record LadderSettings(
    List<Rung> rungs,
    int healRounds,
    Duration negativesHold,
    Path spendDirectory,
    long dailyMicroDollars) {
  public static final int HEAL_ROUNDS = 3;
  public static final Duration NEGATIVES_HOLD = Duration.ofDays(7);

  /** An author: a model, or the template where there is none. */
  public record Rung(Optional<ModelSettings> model) {
    public static Rung template() {
      return new Rung(Optional.empty());
    }

    public static Rung model(ModelSettings settings) {
      return new Rung(Optional.of(settings));
    }
  }

  public LadderSettings {
    rungs = withTemplate(rungs);
    if (healRounds < 0) {
      throw new IllegalArgumentException("healRounds is negative: " + healRounds);
    }
    requireNonNull(negativesHold, "negativesHold is null");
    requireNonNull(spendDirectory, "spendDirectory is null");
  }

  private static List<Rung> withTemplate(List<Rung> rungs) {
    List<Rung> all = new ArrayList<>(rungs);
    if (rungs.stream().allMatch(rung -> rung.model().isPresent())) {
      all.add(Rung.template());
    }
    return List.copyOf(all);
  }

  /** Beside a cache: clearing the cache must not forget what was spent. */
  public static Path spendDirectoryOf(Path cacheDir) {
    return cacheDir.resolveSibling(cacheDir.getFileName() + "-spend");
  }

  /** The template alone. */
  public static LadderSettings template(Path spendDirectory) {
    return of(List.of(), spendDirectory);
  }

  /** Models in this order, then the template; no daily limit. */
  public static LadderSettings of(List<ModelSettings> models, Path spendDirectory) {
    return new LadderSettings(
        models.stream().map(Rung::model).toList(),
        HEAL_ROUNDS,
        NEGATIVES_HOLD,
        spendDirectory,
        Long.MAX_VALUE);
  }

  /** How many calls may be under way at once, over all models; 0 without any. */
  public int concurrentCalls() {
    return rungs.stream()
        .flatMap(rung -> rung.model().stream())
        .mapToInt(model -> model.limits().concurrentCalls())
        .sum();
  }

  /** Whether a model is asked at all. */
  public boolean hasModels() {
    return rungs.stream().anyMatch(rung -> rung.model().isPresent());
  }
}
