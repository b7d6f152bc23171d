package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.ScriptKey;
import java.util.List;

/**
 * An entry that was read and checked, with what it takes to try it again.
 *
 * @param name of the entry
 * @param madeFor what its key was made from
 * @param author {@code provider:model}, or {@code template}
 * @param lessons that the author was given
 */
public record AuditedScript(
    String name,
    ScriptKey key,
    int version,
    KeyParts madeFor,
    String script,
    String tests,
    String author,
    List<String> lessons) {
  public AuditedScript {
    requireNonNull(name, "name is null");
    requireNonNull(key, "key is null");
    requireNonNull(madeFor, "madeFor is null");
    requireNonNull(script, "script is null");
    requireNonNull(tests, "tests is null");
    requireNonNull(author, "author is null");
    lessons = List.copyOf(lessons);
  }
}
