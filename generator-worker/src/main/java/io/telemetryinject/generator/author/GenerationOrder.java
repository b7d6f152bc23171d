package io.telemetryinject.generator.author;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script to write.
 *
 * @param run that pays for it
 * @param version that the script is to have under its key
 * @param functions real functions of the key, at least one: the first is the example, all are tried
 * @param unfit the script of this key that would not do, or null when there is none
 */
public record GenerationOrder(
    RunId run,
    ScriptKey key,
    int version,
    RunPolicy policy,
    List<FunctionMetadata> functions,
    @Nullable Unfit unfit) {

  /**
   * A script that passed validation and then failed on a function.
   *
   * @param script its text, or null when it cannot be read any more
   * @param complaint what the verifier or the sandbox said
   */
  public record Unfit(@Nullable String script, String complaint) {
    public Unfit {
      requireNonNull(complaint, "complaint is null");
    }
  }

  public GenerationOrder {
    requireNonNull(run, "run is null");
    requireNonNull(key, "key is null");
    requireNonNull(policy, "policy is null");
    functions = List.copyOf(functions);
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("an order without a function: " + key.baseName());
    }
  }

  public FunctionMetadata example() {
    return functions.get(0);
  }

  /** Whether a script must do what only words say, so that no other key's script can do it. */
  public boolean hasIntent() {
    return !policy.intent().isEmpty();
  }
}
