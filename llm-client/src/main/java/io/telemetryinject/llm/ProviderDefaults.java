package io.telemetryinject.llm;

/** What differs between providers when nothing is set. */
record ProviderDefaults(String baseUrl, String model, ModelLimits limits, String keyVariable) {
  static ProviderDefaults of(Provider provider) {
    return switch (provider) {
      case OLLAMA ->
          new ProviderDefaults(
              "http://localhost:11434",
              "qwen2.5-coder",
              new ModelLimits(0, 0, 2),
              "OLLAMA_API_KEY");
      case OPENAI ->
          new ProviderDefaults(
              "https://api.openai.com/v1",
              "gpt-4.1-mini",
              new ModelLimits(500, 200_000, 8),
              "OPENAI_API_KEY");
      case ANTHROPIC ->
          new ProviderDefaults(
              "https://api.anthropic.com/v1",
              "claude-sonnet-4-5",
              new ModelLimits(50, 30_000, 4),
              "ANTHROPIC_API_KEY");
    };
  }
}
