package io.telemetryinject.generator;

import static io.telemetryinject.generator.Requests.ADD;
import static io.telemetryinject.generator.Requests.KEY;
import static io.telemetryinject.generator.Requests.PACK;
import static io.telemetryinject.generator.Requests.PACKS;
import static io.telemetryinject.generator.Requests.POLICY;
import static io.telemetryinject.generator.Requests.SUB;
import static io.telemetryinject.generator.Requests.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.cache.AttemptStore;
import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.KeyClaims;
import io.telemetryinject.cache.NegativeEntries;
import io.telemetryinject.generator.author.AttemptLog;
import io.telemetryinject.generator.author.DraftTrial;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.generator.author.GenerationOrder.Unfit;
import io.telemetryinject.generator.author.Manuscript;
import io.telemetryinject.generator.author.ModelAuthor;
import io.telemetryinject.generator.author.ScriptAuthor;
import io.telemetryinject.llm.FleetShare;
import io.telemetryinject.llm.InMemorySpendLedger;
import io.telemetryinject.llm.LanguageModel;
import io.telemetryinject.llm.LanguageModels;
import io.telemetryinject.llm.ModelLimits;
import io.telemetryinject.llm.ModelSettings;
import io.telemetryinject.llm.Provider;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.StubAnswer;
import io.telemetryinject.llm.stub.WireProtocol;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.RunPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody can write is not paid for night after night; what nobody could be asked about is. */
class NegativeCacheIT extends GeneratorFixture {
  private static final Duration HOLDS = Duration.ofDays(7);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  /** A template that has nothing to offer. */
  private static final class NoTemplate implements ScriptAuthor {
    @Override
    public String name() {
      return "template";
    }

    @Override
    public Manuscript write(GenerationOrder order) {
      return new Manuscript.Abandoned("no template fits", true, Effort.none());
    }

    @Override
    public boolean isModel() {
      return false;
    }
  }

  private static LanguageModel model(LlmStub stub, String name) {
    return LanguageModels.open(
        ModelSettings.of(Provider.OPENAI)
            .withModel(name)
            .withBaseUrl(stub.baseUrl(WireProtocol.OPENAI))
            .withAttempts(1)
            .withLimits(new ModelLimits(0, 0, 4)),
        new InMemorySpendLedger(),
        FleetShare.alone(),
        new SimpleMeterRegistry());
  }

  /** A generator as a process of its own has it: nothing is remembered but what lies on disk. */
  private Generation generate(LanguageModel model, GenerationOrder order) throws Exception {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    DraftTrial trial = new DraftTrial(validator, sandbox, PACKS);
    AttemptStore attempts = new AttemptStore(new FileObjectStore(directory.resolve("cache")));
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    ScriptAuthor author =
        new ModelAuthor(
            model,
            PACKS,
            trial,
            new AttemptLog(attempts, new KeyClaims(directory.resolve("cache")), 1, meters),
            3,
            clock);
    return new LadderGenerator(
            List.of(author, new NoTemplate()),
            PACKS,
            trial,
            null,
            new NegativeEntries(new FileObjectStore(directory.resolve("cache")), clock),
            HOLDS,
            cache,
            clock,
            meters)
        .generate(order)
        .generation();
  }

  private static GenerationOrder order(long maxMicroDollars, @Nullable Unfit unfit) {
    RunPolicy policy =
        new RunPolicy(
            POLICY.exceptions(),
            POLICY.keyKind(),
            false,
            RunPolicy.Method.SCRIPTS,
            "",
            maxMicroDollars);
    int version = unfit == null ? 1 : 2;
    return new GenerationOrder(run("a run"), KEY, version, policy, List.of(ADD, SUB), unfit);
  }

  private static GenerationOrder order() {
    return order(Long.MAX_VALUE, null);
  }

  private Path negatives() {
    return directory.resolve("cache/metadata/negative");
  }

  private static String exhausted(Generation generation) {
    return generation.fold(
        stored -> {
          throw new AssertionError(stored.toString());
        },
        Generation.Exhausted::detail,
        unstored -> {
          throw new AssertionError(unstored.toString());
        });
  }

  @Test
  void asksNoModelAgainUntilTheEntryExpires() throws Exception {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.text("Let me think."));
        LanguageModel model = model(stub, "talker")) {
      exhausted(generate(model, order()));
      int calls = stub.requests().size();
      assertThat(calls).isPositive();

      now = now.plus(HOLDS).minusSeconds(1);
      assertThat(exhausted(generate(model, order())))
          .contains("openai:talker failed on it before")
          .contains("no template fits");
      assertThat(stub.requests()).hasSize(calls);

      now = now.plusSeconds(1);
      exhausted(generate(model, order()));
      assertThat(stub.requests()).hasSizeGreaterThan(calls);
    }
  }

  @Test
  void asksTheModelsOfAnotherLadder() throws Exception {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.text("Let me think."));
        LanguageModel model = model(stub, "talker");
        LanguageModel other = model(stub, "other-talker")) {
      exhausted(generate(model, order()));
      int calls = stub.requests().size();

      exhausted(generate(other, order()));

      assertThat(stub.requests()).hasSizeGreaterThan(calls);
      assertThat(stub.requests().get(calls).model()).isEqualTo("other-talker");
    }
  }

  /** Otherwise a cached script that nobody can heal is paid for night after night. */
  @Test
  void asksNoModelAgainToHealAScriptThatNobodyCould() throws Exception {
    Unfit unfit = new Unfit(script("x = 1"), "COVERAGE: nothing is left");
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.text("Let me think."));
        LanguageModel model = model(stub, "talker")) {
      exhausted(generate(model, order(Long.MAX_VALUE, unfit)));
      int calls = stub.requests().size();
      assertThat(calls).isPositive();

      exhausted(generate(model, order(Long.MAX_VALUE, unfit)));
      assertThat(stub.requests()).hasSize(calls);

      Unfit another = new Unfit(script("x = 2"), "COVERAGE: nothing is left");
      exhausted(generate(model, order(Long.MAX_VALUE, another)));
      assertThat(stub.requests()).hasSizeGreaterThan(calls);
    }
  }

  private static String script(String line) {
    return PACK.templates().script(KEY, ADD, Instant.EPOCH).replace("def main(", "# " + line)
        + "\n";
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 500, 529})
  void writesNoEntryForAProviderThatDoesNotAnswer(int status) throws Exception {
    try (LlmStub stub = LlmStub.start(request -> failure(status));
        LanguageModel model = model(stub, "silent")) {
      assertThat(exhausted(generate(model, order()))).contains("openai:silent gave no answer");

      assertThat(negatives()).doesNotExist();
    }
  }

  private static StubAnswer failure(int status) {
    return status == 529
        ? new StubAnswer.Failure(529, "Overloaded", java.util.Optional.of(Duration.ofHours(1)))
        : StubAnswer.error(status, "no");
  }

  @Test
  void writesNoEntryWhereThereWasNoMoney() throws Exception {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.text("Let me think."));
        LanguageModel model = model(stub, "gpt-4.1-mini")) {
      assertThat(exhausted(generate(model, order(1, null)))).contains("the budget is spent");

      assertThat(stub.requests()).isEmpty();
      assertThat(negatives()).doesNotExist();
    }
  }

  @Test
  void writesNoEntryWhenInterrupted() throws Exception {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.text("Let me think."));
        LanguageModel model = model(stub, "talker")) {
      Thread.currentThread().interrupt();
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> generate(model, order()))
          .isInstanceOf(InterruptedException.class);

      assertThat(negatives()).doesNotExist();
    } finally {
      Thread.interrupted();
    }
  }
}
