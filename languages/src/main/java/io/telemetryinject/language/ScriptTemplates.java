package io.telemetryinject.language;

import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.ScriptKey;
import java.time.Instant;
import java.util.List;

/** Insertion scripts and their tests from templates: deterministic, no model involved. */
public interface ScriptTemplates {

  /** The tests for a key's script, written before it: a pytest file. */
  String tests(ScriptKey key, FunctionMetadata example, Instant now);

  /** The insertion script for a key: one standalone Python file. */
  String script(ScriptKey key, FunctionMetadata example, Instant now);

  /** Names of the lessons that the templates obey, e.g. {@code python/indentation.md}. */
  List<String> lessons();

  /** The text of one of the {@link #lessons()}. */
  String lesson(String name);

  /** SHA-256 in hex over all lessons of the language: part of every script key. */
  String lessonsVersion();

  /**
   * Corner-case functions to try a new script on: each the text of one function, any shape. The
   * validator keeps those of the script's own shape.
   */
  List<String> cornerCases();
}
