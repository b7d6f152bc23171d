package io.telemetryinject.language;

/** How a function runs when it is called. */
public enum FunctionKind {
  PLAIN,
  GENERATOR,
  COROUTINE,
  ASYNC_GENERATOR
}
