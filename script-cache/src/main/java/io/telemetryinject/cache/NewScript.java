package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ScriptKey;
import java.time.Instant;
import java.util.List;

/**
 * A validated script on its way into the cache.
 *
 * @param name function name or shape, as the index shows it
 * @param receipt the validation receipt, JSON
 * @param generator {@code provider:model}, or {@code template}
 * @param generationMillis what its generation took, validation included
 */
public record NewScript(
    ScriptKey key,
    String name,
    String script,
    String tests,
    String receipt,
    String generator,
    List<String> lessons,
    Instant createdAt,
    int testsPassed,
    int testsFailed,
    long testMillis,
    long generationMillis) {
  public NewScript {
    requireNonNull(key, "key is null");
    requireNonNull(name, "name is null");
    requireNonNull(script, "script is null");
    requireNonNull(tests, "tests is null");
    requireNonNull(receipt, "receipt is null");
    requireNonNull(generator, "generator is null");
    lessons = List.copyOf(lessons);
    requireNonNull(createdAt, "createdAt is null");
  }
}
