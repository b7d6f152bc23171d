package io.telemetryinject.llm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

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
    return with(f -> f.name = new ModelName(name.provider(), model));
  }

  public ModelSettings withBaseUrl(String baseUrl) {
    return with(f -> f.baseUrl = baseUrl);
  }

  public ModelSettings withLimits(ModelLimits limits) {
    return with(f -> f.limits = limits);
  }

  public ModelSettings withStreaming(boolean streaming) {
    return with(f -> f.streaming = streaming);
  }

  public ModelSettings withConnectTimeout(Duration connectTimeout) {
    return with(f -> f.connectTimeout = connectTimeout);
  }

  public ModelSettings withCallTimeout(Duration callTimeout) {
    return with(f -> f.callTimeout = callTimeout);
  }

  public ModelSettings withAttempts(int attempts) {
    return with(f -> f.attempts = attempts);
  }

  public ModelSettings withContextTokens(int contextTokens) {
    return with(f -> f.contextTokens = contextTokens);
  }

  public ModelSettings withPrices(Path file) {
    return with(f -> f.prices = Optional.of(file));
  }

  private ModelSettings with(Consumer<Fields> change) {
    Fields fields = new Fields(this);
    change.accept(fields);
    return fields.settings();
  }

  /** A copy to change. */
  private static final class Fields {
    private ModelName name;
    private String baseUrl;
    private ModelLimits limits;
    private boolean streaming;
    private Duration connectTimeout;
    private Duration callTimeout;
    private int attempts;
    private int contextTokens;
    private Optional<Path> prices;

    Fields(ModelSettings settings) {
      name = settings.name;
      baseUrl = settings.baseUrl;
      limits = settings.limits;
      streaming = settings.streaming;
      connectTimeout = settings.connectTimeout;
      callTimeout = settings.callTimeout;
      attempts = settings.attempts;
      contextTokens = settings.contextTokens;
      prices = settings.prices;
    }

    ModelSettings settings() {
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
  }
}
