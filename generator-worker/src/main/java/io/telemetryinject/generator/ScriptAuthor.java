package io.telemetryinject.generator;

/** Writes tests and then a script for an order: a template, or a language model. */
public interface ScriptAuthor {

  Draft write(GenerationOrder order);

  /** Whether a complaint in the order may change what is written. */
  boolean learnsFromComplaints();
}
