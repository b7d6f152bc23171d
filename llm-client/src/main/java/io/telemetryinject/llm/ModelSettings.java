package io.telemetryinject.llm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a model and what it may take; start from {@link #of} and change what differs.
 *
 * @param baseUrl of any server that speaks the provider's protocol; one without a path gets the
 *     provider's usual one
 * @param streaming answers are sent in pieces, which keeps proxies from closing quiet connections
 * @param connectTimeout until a connection stands
 * @param callTimeout for a whole call, from connecting to the last byte
 * @param attempts how often a call that fails in passing is made, at most
 * @param contextTokens the context a local model is loaded with, or a multiple where a prompt needs
 *     it; only Ollama asks for it
 * @param prices a file that adds to and overrides the table of known prices
 */
public record ModelSettings(
    ModelName name,
    String baseUrl,
    ModelLimits limits,
    boolean streaming,
    Duration connectTimeout,
    Duration callTimeout,
    int attempts,
    int contextTokens,
    Optional<Path> prices) {
  public ModelSettings {
    if (attempts < 1 || contextTokens < 1 || callTimeout.isZero() || callTimeout.isNegative()) {
      throw new ModelSettingsException(
          "%s may make %d attempts of %s with %d tokens of context; allow at least one of each"
              .formatted(name.word(), attempts, callTimeout, contextTokens));
    }
  }

  /** The provider's own server, a model that is good at code, and the limits of a small account. */
  public static ModelSettings of(Provider provider) {
    ProviderDefaults defaults = ProviderDefaults.of(provider);
    return new ModelSettings(
        new ModelName(provider, defaults.model()),
        defaults.baseUrl(),
        defaults.limits(),
        false,
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        5,
        16_384,
        Optional.empty());
  }

  public ModelSettings withModel(String model) {
    ModelName other = new ModelName(name.provider(), model);
    return new ModelSettings(
        other,
        baseUrl,
        limits,
        streaming,
        connectTimeout,
        callTimeout,
        attempts,
        contextTokens,
        prices);
  }

  public ModelSettings withBaseUrl(String baseUrl) {
    return new ModelSettings(
        name,
        baseUrl,
        limits,
        streaming,
        connectTimeout,
        callTimeout,
        attempts,
        contextTokens,
        prices);
  }

  public ModelSettings withLimits(ModelLimits limits) {
    return new ModelSettings(
        name,
        baseUrl,
        limits,
        streaming,
        connectTimeout,
        callTimeout,
        attempts,
        contextTokens,
        prices);
  }

  public ModelSettings withStreaming(boolean streaming) {
    return new ModelSettings(
        name,
        baseUrl,
        limits,
        streaming,
        connectTimeout,
        callTimeout,
        attempts,
        contextTokens,
        prices);
  }

  public ModelSettings withConnectTimeout(Duration connectTimeout) {
    return new ModelSettings(
        name,
        baseUrl,
        limits,
        streaming,
        connectTimeout,
        callTimeout,
        attempts,
        contextTokens,
        prices);
  }

  public ModelSettings withCallTimeout(Duration callTimeout) {
    return new ModelSettings(
        name,
        baseUrl,
        limits,
        streaming,
        connectTimeout,
        callTimeout,
        attempts,
        contextTokens,
        prices);
  }

  public ModelSettings withAttempts(int attempts) {
    return new ModelSettings(
        name,
        baseUrl,
        limits,
        streaming,
        connectTimeout,
        callTimeout,
        attempts,
        contextTokens,
        prices);
  }

  public ModelSettings withContextTokens(int contextTokens) {
    return new ModelSettings(
        name,
        baseUrl,
        limits,
        streaming,
        connectTimeout,
        callTimeout,
        attempts,
        contextTokens,
        prices);
  }

  public ModelSettings withPrices(Path file) {
    return new ModelSettings(
        name,
        baseUrl,
        limits,
        streaming,
        connectTimeout,
        callTimeout,
        attempts,
        contextTokens,
        Optional.of(file));
  }
}
