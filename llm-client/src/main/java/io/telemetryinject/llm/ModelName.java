package io.telemetryinject.llm;

/** A model at its provider. */
public record ModelName(Provider provider, String model) {
  public ModelName {
    if (model.isBlank()) {
      throw new IllegalArgumentException("a model of " + provider.word() + " needs a name");
    }
  }

  /** For example {@code ollama:codellama}. */
  public String word() {
    return provider.word() + ":" + model;
  }
}
