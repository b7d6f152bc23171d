package io.telemetryinject.llm;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Opens language models. */
public final class LanguageModels {
  private LanguageModels() {}

  /**
   * A model ready to be asked; no call is made yet. Its key comes from the environment:
   * OPENAI_API_KEY, ANTHROPIC_API_KEY or OLLAMA_API_KEY, or the file that the same name with _FILE
   * names.
   *
   * @param share read again for each call, and while calls wait
   * @throws ModelSettingsException when a key is missing, or an address or price file is of no use
   */
  public static LanguageModel open(
      ModelSettings settings, SpendLedger ledger, FleetShare share, MeterRegistry meters) {
    Surroundings real = new Surroundings(System.getenv(), Ticker.system(), Clock.systemUTC());
    return open(settings, ledger, share, meters, real);
  }

  /** What tests replace. */
  record Surroundings(Map<String, String> environment, Ticker ticker, Clock clock) {}

  static LanguageModel open(
      ModelSettings settings,
      SpendLedger ledger,
      FleetShare share,
      MeterRegistry registry,
      Surroundings around) {
    ModelName name = settings.name();
    ModelLimits limits = settings.limits();
    Endpoint endpoint = Endpoint.of(settings, around.environment());
    Costs costs = new Costs(settings.prices().map(Prices::with).orElseGet(Prices::known).of(name));
    ModelMeters meters = new ModelMeters(registry, name);
    Doors doors = new Doors();

    Ticker ticker = around.ticker();
    Pace pace = new Pace(limits.requestsPerMinute(), share, ticker.nanos());
    Turn turn = new Turn(pace, ticker);
    TokenWindow tokens = new TokenWindow(limits.tokensPerMinute(), share);

    Attempts wire = new WireModel(http(settings), endpoint, settings, costs, turn::sending);
    Attempts paced = new Paced(wire, pace, turn, tokens, ticker, doors, meters);
    Attempts budgeted = new Budgeted(paced, name, costs, ledger, meters);
    Attempts breaking = new Breaking(budgeted, name, around.clock(), meters);
    Attempts concurrent = new Concurrent(breaking, limits.concurrentCalls(), share, doors, meters);
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    Retrying retrying = new Retrying(concurrent, settings.attempts(), ticker, doors, random);
    return new GuardedModel(name, costs, retrying, doors, meters);
  }

  /** HTTP/1.1, which every server speaks; never to where a redirect leads, as keys go along. */
  private static HttpClient http(ModelSettings settings) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(settings.connectTimeout())
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }
}
