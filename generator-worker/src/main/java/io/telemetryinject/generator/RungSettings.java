package io.telemetryinject.generator;

import io.telemetryinject.generator.LadderSettings.Rung;
import io.telemetryinject.llm.ModelLimits;
import io.telemetryinject.llm.ModelSettings;
import io.telemetryinject.llm.Provider;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One author, as configuration; what is left out is as the provider's defaults have it.
 *
 * @param provider {@code template}, {@code ollama}, {@code openai} or {@code anthropic}
 * @param model the provider's name for it
 * @param baseUrl of any server that speaks the provider's protocol
 * @param requestsPerMinute of the whole fleet; so are tokensPerMinute
 * @param concurrentCalls of this worker
 * @param streaming answers are sent in pieces
 * @param callTimeout for a whole call
 * @param attempts how often a call that fails in passing is made, at most
 * @param prices a file that adds to and overrides the table of known prices
 */
public record RungSettings(
    String provider,
    @Nullable String model,
    @Nullable String baseUrl,
    @Nullable Integer requestsPerMinute,
    @Nullable Long tokensPerMinute,
    @Nullable Integer concurrentCalls,
    @Nullable Boolean streaming,
    @Nullable Duration callTimeout,
    @Nullable Integer attempts,
    @Nullable Path prices) {
  private static final String TEMPLATE = "template";

  /** A provider's own defaults. */
  public static RungSettings of(String provider) {
    return new RungSettings(provider, null, null, null, null, null, null, null, null, null);
  }

  /**
   * The author that these settings describe.
   *
   * @throws IllegalArgumentException when there is no such provider
   */
  public Rung rung() {
    if (provider.equals(TEMPLATE)) {
      return Rung.template();
    }
    ModelSettings settings = ModelSettings.of(providerOf(provider));
    settings = model == null ? settings : settings.withModel(model);
    settings = baseUrl == null ? settings : settings.withBaseUrl(baseUrl);
    settings = streaming == null ? settings : settings.withStreaming(streaming);
    settings = callTimeout == null ? settings : settings.withCallTimeout(callTimeout);
    settings = attempts == null ? settings : settings.withAttempts(attempts);
    settings = prices == null ? settings : settings.withPrices(prices);
    return Rung.model(settings.withLimits(limits(settings.limits())));
  }

  private static Provider providerOf(String word) {
    for (Provider known : Provider.values()) {
      if (known.word().equals(word)) {
        return known;
      }
    }
    throw new IllegalArgumentException("the provider " + word + " is not known");
  }

  private ModelLimits limits(ModelLimits defaults) {
    return new ModelLimits(
        requestsPerMinute == null ? defaults.requestsPerMinute() : requestsPerMinute,
        tokensPerMinute == null ? defaults.tokensPerMinute() : tokensPerMinute,
        concurrentCalls == null ? defaults.concurrentCalls() : concurrentCalls);
  }
}
