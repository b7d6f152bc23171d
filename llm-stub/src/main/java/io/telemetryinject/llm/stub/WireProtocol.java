package io.telemetryinject.llm.stub;

/** The protocols the stub speaks, each at its usual path. */
public enum WireProtocol {
  OLLAMA,
  OPENAI,
  ANTHROPIC
}
