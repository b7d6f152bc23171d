package io.telemetryinject.generator.author;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.ScriptTemplates;
import io.telemetryinject.llm.Account;
import io.telemetryinject.llm.Estimate;
import io.telemetryinject.llm.LanguageModel;
import io.telemetryinject.llm.Prompt;
import io.telemetryinject.llm.Purpose;
import io.telemetryinject.model.Language;
import io.telemetryinject.sandbox.ValidationReport.Step;
import java.io.IOException;
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

  /**
   * What an order will take, without a call.
   *
   * @param expected whether this author is the one to be asked if all goes well; what it takes at
   *     worst counts in any case
   */
  public WritingEstimate estimate(GenerationOrder order, boolean expected) {
    PromptBook book = book(order);
    ScriptTemplates templates = packs.of(order.key().language()).templates();
    String tests = templates.tests(order.key(), order.example(), clock.instant());
    String script = templates.script(order.key(), order.example(), clock.instant());
    Draft draft = new Draft(tests, script, name(), templates.lessons());
    String heal = book.heal(order, draft, new Step("tests", false, ""));
    return WritingEstimate.none()
        .with(estimate(book, Purpose.TESTS, book.tests(order)), expected, 1)
        .with(estimate(book, Purpose.SCRIPT, book.script(order, tests)), expected, 1)
        .with(
            estimate(book, Purpose.TESTS, book.testsAgain(order, tests, "")),
            false,
            Writing.TEST_ROUNDS)
        .with(estimate(book, Purpose.HEAL, heal), false, healRounds);
  }

  private Estimate estimate(PromptBook book, Purpose purpose, String task) {
    return model.estimate(new Prompt(purpose, book.shared(), task, Conversation.FIRST_TOKENS));
  }

  private PromptBook book(GenerationOrder order) {
    LanguagePack pack = packs.of(order.key().language());
    return books.computeIfAbsent(pack.language(), language -> new PromptBook(pack));
  }

  @Override
  public Manuscript write(GenerationOrder order) throws IOException, InterruptedException {
    LanguagePack pack = packs.of(order.key().language());
    PromptBook book = book(order);
    Account account = new Account(order.run(), order.policy().maxMicroDollars());
    return new Writing(
            order,
            name(),
            new Conversation(model, account, book),
            book,
            new Instruments(pack, trial, attempts, healRounds, clock))
        .run();
  }
}
