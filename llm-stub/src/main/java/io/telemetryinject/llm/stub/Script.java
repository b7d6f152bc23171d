package io.telemetryinject.llm.stub;

/** Decides what the stub answers; called by many threads. */
@FunctionalInterface
public interface Script {
  StubAnswer answer(StubRequest request);
}
