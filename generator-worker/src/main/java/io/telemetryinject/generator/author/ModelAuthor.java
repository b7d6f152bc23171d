package io.telemetryinject.generator.author;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.llm.Account;
import io.telemetryinject.llm.LanguageModel;
import io.telemetryinject.model.Language;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The author that asks a language model, first for tests and then for the script. */
public final class ModelAuthor implements ScriptAuthor {
  private final LanguageModel model;
  private final LanguagePacks packs;
  private final DraftTrial trial;
  private final AttemptLog attempts;
  private final int healRounds;
  private final Clock clock;
  private final Map<Language, PromptBook> books = new ConcurrentHashMap<>();

  /**
   * @param healRounds how often a model is shown what its script did wrong, at most
   */
  public ModelAuthor(
      LanguageModel model,
      LanguagePacks packs,
      DraftTrial trial,
      AttemptLog attempts,
      int healRounds,
      Clock clock) {
    this.model = requireNonNull(model, "model is null");
    this.packs = requireNonNull(packs, "packs is null");
    this.trial = requireNonNull(trial, "trial is null");
    this.attempts = requireNonNull(attempts, "attempts is null");
    this.healRounds = healRounds;
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public String name() {
    return model.name().word();
  }

  @Override
  public boolean isModel() {
    return true;
  }

  @Override
  public Manuscript write(GenerationOrder order) throws InterruptedException {
    LanguagePack pack = packs.of(order.key().language());
    PromptBook book = books.computeIfAbsent(pack.language(), language -> new PromptBook(pack));
    Account account = new Account(order.run(), order.policy().maxMicroDollars());
    return new Writing(
            order,
            name(),
            new Conversation(model, account, book),
            book,
            new Instruments(pack.templates(), trial, attempts, healRounds, clock))
        .run();
  }
}
