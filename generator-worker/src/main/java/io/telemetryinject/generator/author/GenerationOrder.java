package io.telemetryinject.generator.author;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKey;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern KIND = Pattern.compile("([A-Z]{1,20})\\b.*", Pattern.DOTALL);

    public Unfit {
      requireNonNull(complaint, "complaint is null");
    }

    /** The complaint's first word, for where what it quotes must not be seen. */
    String kind() {
      Matcher kind = KIND.matcher(complaint);
      String word = kind.matches() ? " (" + kind.group(1) + ")" : "";
      return "it was refused for a function of this shape" + word;
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
