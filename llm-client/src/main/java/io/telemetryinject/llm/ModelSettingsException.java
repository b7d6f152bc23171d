package io.telemetryinject.llm;

/** A model cannot be opened as it is set up: what happened, to which input, what to do now. */
public final class ModelSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelSettingsException(String message) {
    super(message);
  }
}
