package io.telemetryinject.generator.author;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.llm.Account;
import io.telemetryinject.llm.LanguageModel;
import io.telemetryinject.llm.Prompt;
import io.telemetryinject.llm.Purpose;
import io.telemetryinject.llm.Usage;
import io.telemetryinject.model.Authoring;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RejectReason;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The old way, kept as a baseline: the model returns the instrumented function itself. It is
 * verified like any other result, and nothing is cached. The model sees the function as it is.
 */
public final class DirectAuthor {
  private static final int ROUNDS = 3;

  private final List<LanguageModel> models;
  private final LanguagePacks packs;
  private final Map<Language, PromptBook> books = new ConcurrentHashMap<>();

  /** What became of a function, and what it took. */
  public record Direct(Outcome outcome, Effort effort) {}

  /**
   * @param models in the order they are asked; the next one when the one before gives no answer
   */
  public DirectAuthor(List<LanguageModel> models, LanguagePacks packs) {
    this.models = List.copyOf(models);
    this.packs = packs;
  }

  /** Has a function instrumented, and shows the model its mistakes up to three times. */
  public Direct instrument(FunctionMetadata function, RunId run, RunPolicy policy)
      throws InterruptedException {
    LanguagePack pack = packs.of(function.language());
    PromptBook book = book(pack);
    Outcome outcome = new Outcome.Failed(ErrorCode.GENERATION, "no model is configured");
    Effort effort = Effort.none();
    for (LanguageModel model : models) {
      Account account = new Account(run, policy.maxMicroDollars());
      Conversation conversation = new Conversation(model, account, book);
      outcome = instrument(function, policy, pack, book, conversation, keyOf(function, model));
      effort = effort.plus(effortOf(conversation));
      if (!(outcome instanceof Outcome.Failed)) {
        break;
      }
    }
    return new Direct(outcome, effort);
  }

  /** What a function will take of the first model, and at worst of all of them, without a call. */
  public WritingEstimate estimate(FunctionMetadata function, RunPolicy policy) {
    PromptBook book = book(packs.of(function.language()));
    String task = book.direct(function, policy.intent());
    WritingEstimate estimate = WritingEstimate.none();
    for (LanguageModel model : models) {
      Prompt prompt = new Prompt(Purpose.DIRECT, book.shared(), task, Conversation.FIRST_TOKENS);
      estimate = estimate.with(model.estimate(prompt), model == models.get(0), ROUNDS);
    }
    return estimate;
  }

  private PromptBook book(LanguagePack pack) {
    return books.computeIfAbsent(pack.language(), language -> new PromptBook(pack));
  }

  private static Outcome instrument(
      FunctionMetadata function,
      RunPolicy policy,
      LanguagePack pack,
      PromptBook book,
      Conversation conversation,
      ScriptKey key)
      throws InterruptedException {
    String task = book.direct(function, policy.intent());
    Outcome outcome = new Outcome.Failed(ErrorCode.GENERATION, "no answer");
    for (int round = 0; round < ROUNDS; round++) {
      CodeReply reply = conversation.code(Purpose.DIRECT, task);
      if (reply instanceof CodeReply.None none) {
        return new Outcome.Failed(ErrorCode.GENERATION, none.detail());
      }
      String answer = reply.fold(CodeReply.Code::text, none -> "");
      outcome = judge(function, policy, pack, answer, key);
      if (outcome instanceof Outcome.Rejected rejected) {
        task = book.directAgain(function, policy.intent(), rejected.detail());
      } else {
        return outcome;
      }
    }
    return outcome;
  }

  private static Outcome judge(
      FunctionMetadata metadata,
      RunPolicy policy,
      LanguagePack pack,
      String answer,
      ScriptKey key) {
    String source = metadata.task().code();
    byte[] code = source.getBytes(UTF_8);
    // An answer is read line by line; the function's own line breaks are put back.
    String result = source.contains("\r\n") ? answer.replace("\n", "\r\n") : answer;
    try {
      ScannedFunction function = pack.scanFunction(metadata.task(), code);
      Telemetry telemetry = pack.telemetryFor(function, policy);
      Optional<List<Insertion>> insertions =
          pack.insertionsIn(function, code, telemetry, result.getBytes(UTF_8));
      if (insertions.isEmpty()) {
        return new Outcome.Rejected(
            RejectReason.PRESERVATION, "the answer is not the function plus its telemetry");
      }
      Verdict verdict = pack.verifier().verify(function, code, telemetry, insertions.get());
      return verdict.reason() == null
          ? new Outcome.Applied(insertions.get(), key, 1)
          : new Outcome.Rejected(verdict.reason(), verdict.detail());
    } catch (SourceRejectedException e) {
      return new Outcome.Rejected(e.reason(), e.detail());
    }
  }

  /** Names the model where a script would be named. */
  private static ScriptKey keyOf(FunctionMetadata function, LanguageModel model) {
    String word = model.name().word();
    String slug = "direct-" + word.replaceAll("[^A-Za-z0-9_-]", "-");
    return new ScriptKey(
        function.language(),
        KeyKind.SIGNATURE,
        slug.length() > 100 ? slug.substring(0, 100) : slug,
        new Sha256().field("direct").field(word).hex());
  }

  private static Effort effortOf(Conversation conversation) {
    Usage usage = conversation.usage();
    return new Effort(
        0,
        0,
        0,
        usage.calls(),
        usage.inputTokens() + usage.outputTokens(),
        usage.microDollars(),
        new Authoring(0, 0, conversation.overBudget() ? 1 : 0));
  }
}
