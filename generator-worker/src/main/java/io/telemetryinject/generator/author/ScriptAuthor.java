package io.telemetryinject.generator.author;

import java.io.IOException;

/** Writes tests and then a script for an order: a template, or a language model. */
public interface ScriptAuthor {

  /** {@code provider:model}, or {@code template}. */
  String name();

  /** Writes, validates and mends until a script passes or there is no more to be tried. */
  Manuscript write(GenerationOrder order) throws IOException, InterruptedException;

  /**
   * Whether this is a model: it costs, it learns from a complaint, it may fail another way next
   * time.
   */
  boolean isModel();
}
