package io.telemetryinject.generator;

import io.telemetryinject.cache.AttemptStore;
import io.telemetryinject.cache.NegativeEntries;
import io.telemetryinject.generator.author.AttemptLog;
import io.telemetryinject.generator.author.DirectAuthor;
import io.telemetryinject.generator.author.DraftTrial;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.generator.author.ModelAuthor;
import io.telemetryinject.generator.author.ScriptAuthor;
import io.telemetryinject.generator.author.TemplateAuthor;
import io.telemetryinject.generator.author.WritingEstimate;
import io.telemetryinject.llm.FileSpendLedger;
import io.telemetryinject.llm.InMemorySpendLedger;
import io.telemetryinject.llm.LanguageModel;
import io.telemetryinject.llm.LanguageModels;
import io.telemetryinject.llm.ModelSettings;
import io.telemetryinject.llm.SpendLedger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Opens the authors that settings name, and composes them into one generator. */
public final class AuthorLadder implements AutoCloseable {
  private final List<LanguageModel> models = new ArrayList<>();
  private final List<ModelAuthor> modelAuthors = new ArrayList<>();
  private final ScriptGenerator generator;
  private final DirectAuthor direct;
  private final boolean templateFirst;

  private AuthorLadder(LadderSettings settings, GenerationTools tools) {
    DraftTrial trial = new DraftTrial(tools.validator(), tools.sandbox(), tools.packs());
    AttemptStore attempts = new AttemptStore(tools.store());
    SpendLedger ledger = ledger(settings, tools);
    List<ScriptAuthor> authors = new ArrayList<>();
    for (LadderSettings.Rung rung : settings.rungs()) {
      if (rung.model().isPresent()) {
        LanguageModel model = open(rung.model().get(), ledger, tools);
        AttemptLog log =
            new AttemptLog(attempts, tools.claims(), modelAuthors.size() + 1, tools.meters());
        int rounds = settings.healRounds();
        modelAuthors.add(new ModelAuthor(model, tools.packs(), trial, log, rounds, tools.clock()));
        authors.add(modelAuthors.get(modelAuthors.size() - 1));
      } else {
        authors.add(new TemplateAuthor(tools.packs(), trial, tools.clock()));
      }
    }
    this.templateFirst = settings.rungs().get(0).model().isEmpty();
    this.direct = new DirectAuthor(models, tools.packs());
    ScriptGenerator ladder =
        new LadderGenerator(
            authors,
            tools.packs(),
            trial,
            settings.hasModels() || tools.promoted().isPresent()
                ? new Adoption(sources(tools), tools.packs(), trial, tools.clock())
                : null,
            new NegativeEntries(tools.store(), tools.clock()),
            settings.negativesHold(),
            tools.cache(),
            tools.clock(),
            tools.meters());
    this.generator =
        settings.hasModels()
            ? new ClaimingGenerator(ladder, tools.claims(), tools.cache())
            : ladder;
  }

  /**
   * Opens the authors; no call is made yet.
   *
   * @throws io.telemetryinject.llm.ModelSettingsException when a model cannot be used as it is set
   *     up
   */
  public static AuthorLadder open(LadderSettings settings, GenerationTools tools) {
    return new AuthorLadder(settings, tools);
  }

  /** One's own scripts come first. */
  private static List<Adoption.Source> sources(GenerationTools tools) {
    List<Adoption.Source> sources = new ArrayList<>();
    sources.add(new Adoption.Source(tools.cache(), ""));
    tools
        .promoted()
        .ifPresent(cache -> sources.add(new Adoption.Source(cache, "a promoted namespace: ")));
    return sources;
  }

  /** Nothing is paid for without a model, so that no directory is made. */
  private static SpendLedger ledger(LadderSettings settings, GenerationTools tools) {
    if (!settings.hasModels()) {
      return new InMemorySpendLedger();
    }
    long daily = settings.dailyMicroDollars();
    FileSpendLedger ledger = new FileSpendLedger(settings.spendDirectory(), tools.clock(), daily);
    BudgetMeters.show(tools.meters(), ledger, daily);
    return ledger;
  }

  private LanguageModel open(ModelSettings settings, SpendLedger ledger, GenerationTools tools) {
    LanguageModel model = LanguageModels.open(settings, ledger, tools.share(), tools.meters());
    models.add(model);
    return model;
  }

  public ScriptGenerator generator() {
    return generator;
  }

  /**
   * What these orders take when no script serves two of them: of the author who is asked first if
   * all goes well, and of every model if none of them succeeds.
   */
  public WritingEstimate estimate(Collection<GenerationOrder> orders) {
    WritingEstimate estimate = WritingEstimate.ofScripts(orders.size());
    for (GenerationOrder order : orders) {
      for (int i = 0; i < modelAuthors.size(); i++) {
        estimate = estimate.plus(modelAuthors.get(i).estimate(order, i == 0 && !templateFirst));
      }
    }
    return estimate;
  }

  /** The same models without scripts. */
  public DirectAuthor direct() {
    return direct;
  }

  /** The models, in the order they are asked. */
  public List<LanguageModel> models() {
    return List.copyOf(models);
  }

  @Override
  public void close() {
    models.forEach(LanguageModel::close);
  }
}
