package io.telemetryinject.coordinator.service;

import java.util.Map;
import java.util.TreeMap;

/** An order that cannot be taken, with what is wrong about each of its fields. */
public final class RefusedOrder extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Map<String, String> fields;

  RefusedOrder(Map<String, String> fields) {
    super("the order cannot be taken as it is");
    this.fields = new TreeMap<>(fields);
  }

  /** What is wrong, by field. */
  public Map<String, String> fields() {
    return fields;
  }
}
