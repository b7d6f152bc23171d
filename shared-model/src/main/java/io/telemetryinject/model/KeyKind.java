package io.telemetryinject.model;

/** What a script key is made from: the function's shape, or its signature. */
public enum KeyKind {
  SHAPE,
  SIGNATURE
}
