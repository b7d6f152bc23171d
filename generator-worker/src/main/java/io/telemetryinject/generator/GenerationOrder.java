package io.telemetryinject.generator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script to write.
 *
 * @param functions real functions of the key, at least one: the first is the example, all are tried
 * @param complaint what an earlier script of this key did wrong, or null
 */
public record GenerationOrder(
    ScriptKey key, RunPolicy policy, List<FunctionMetadata> functions, @Nullable String complaint) {
  public GenerationOrder {
    requireNonNull(key, "key is null");
    functions = List.copyOf(functions);
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("an order without a function: " + key.baseName());
    }
  }

  public FunctionMetadata example() {
    return functions.get(0);
  }
}
