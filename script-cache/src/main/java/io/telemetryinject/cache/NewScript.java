package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.ScriptKey;
import java.time.Instant;
import java.util.List;

/**
 * A validated script on its way into the cache.
 *
 * @param madeFor what the key was made from
 * @param name function name or shape, as the index shows it
 * @param receipt the validation receipt, JSON
 * @param generator {@code provider:model}, or {@code template}
 * @param cost of its generation
 */
public record NewScript(
    ScriptKey key,
    KeyParts madeFor,
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
    Cost cost) {

  /**
   * What it took to have a script written.
   *
   * @param millis validation included
   * @param modelCalls answered by language models
   * @param microDollars charged for them, in millionths of a US dollar
   */
  public record Cost(long millis, int modelCalls, long microDollars) {}

  public NewScript {
    requireNonNull(key, "key is null");
    requireNonNull(madeFor, "madeFor is null");
    requireNonNull(name, "name is null");
    requireNonNull(script, "script is null");
    requireNonNull(tests, "tests is null");
    requireNonNull(receipt, "receipt is null");
    requireNonNull(generator, "generator is null");
    lessons = List.copyOf(lessons);
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(cost, "cost is null");
  }
}
