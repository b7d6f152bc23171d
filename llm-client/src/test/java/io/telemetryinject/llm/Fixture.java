package io.telemetryinject.llm;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.llm.LanguageModels.Surroundings;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.WireProtocol;
import io.telemetryinject.model.RunId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What tests of this module ask, and whom. */
final class Fixture {
  static final String SECRET = "sk-test-0123456789abcdef";
  static final RunId RUN = new RunId("a".repeat(64));
  static final RunId OTHER_RUN = new RunId("b".repeat(64));
  static final Account ACCOUNT = Account.unlimited(RUN);
  static final ModelName MODEL = new ModelName(Provider.OPENAI, "gpt-4.1-mini");

  /** A dollar for a million tokens, in or out: a token is a millionth of a dollar. */
  static final Costs COSTS = new Costs(Optional.of(Price.parse("1 1")));

  private Fixture() {}

  static Prompt prompt() {
    return new Prompt(Purpose.SCRIPT, "You write insertion scripts.", "def f(x): pass", 100);
  }

  static ModelMeters meters() {
    return new ModelMeters(new SimpleMeterRegistry(), MODEL);
  }

  static Attempt complete(String text, long microDollars) {
    return new Attempt.Answered(
        new Reply(Ending.COMPLETE, text, new Usage(1, 10, 10, microDollars), ""));
  }

  static Attempt failed() {
    return new Attempt.Failed(new Usage(1, 0, 0, 0), "it broke");
  }

  static Attempt throttled(Duration retryAfter) {
    return new Attempt.Throttled(Optional.of(retryAfter), new Usage(1, 0, 0, 0), "too many");
  }

  /** A model at the stub, in virtual time, with the key that must never show. */
  static LanguageModel open(LlmStub stub, Provider provider, boolean streaming, VirtualTime time) {
    return open(settings(stub, provider, streaming), new SimpleMeterRegistry(), time);
  }

  static LanguageModel open(ModelSettings settings, MeterRegistry meters, VirtualTime time) {
    return LanguageModels.open(
        settings, new InMemorySpendLedger(), FleetShare.alone(), meters, around(time));
  }

  static Surroundings around(VirtualTime time) {
    return new Surroundings(
        Map.of("OPENAI_API_KEY", SECRET, "ANTHROPIC_API_KEY", SECRET, "OLLAMA_API_KEY", SECRET),
        time,
        time);
  }

  static ModelSettings settings(LlmStub stub, Provider provider, boolean streaming) {
    return ModelSettings.of(provider)
        .withBaseUrl(stub.baseUrl(WireProtocol.valueOf(provider.name())))
        .withStreaming(streaming)
        .withCallTimeout(Duration.ofSeconds(20));
  }
}
