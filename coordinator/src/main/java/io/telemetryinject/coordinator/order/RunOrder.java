package io.telemetryinject.coordinator.order;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for, by a command, a job or a request to the service.
 *
 * @param input directory, or a git repository: its URL, or with a {@code ref} its directory
 * @param ref branch, tag or commit of that repository
 * @param incremental whether to build on the last completed run to the same output
 * @param includes globs of source files to instrument; empty for all
 * @param excludes globs of source files to carry over as they are
 * @param policy a policy file; without one, {@code telemetry.yaml} in the input's root
 * @param exceptions whether exceptions are reported; without it, the policy file says
 */
public record RunOrder(
    String input,
    @Nullable String ref,
    OrderedOutput output,
    boolean incremental,
    List<String> includes,
    List<String> excludes,
    @Nullable Path policy,
    @Nullable ExceptionPolicy exceptions,
    Making making) {

  /**
   * How insertions come about.
   *
   * @param cacheKey what scripts are looked up by
   * @param forceRegenerate whether cached scripts are written anew
   * @param maxMicroDollars what models may cost; {@link Long#MAX_VALUE} for no limit
   */
  public record Making(
      KeyKind cacheKey, boolean forceRegenerate, RunPolicy.Method method, long maxMicroDollars) {
    public Making {
      requireNonNull(cacheKey, "cacheKey is null");
      requireNonNull(method, "method is null");
    }

    /** With scripts, as a limit in US dollars has it; null for none. */
    public static Making withScripts(
        KeyKind cacheKey, boolean forceRegenerate, @Nullable BigDecimal maxCost) {
      return new Making(cacheKey, forceRegenerate, RunPolicy.Method.SCRIPTS, microDollars(maxCost));
    }
  }

  public RunOrder {
    requireNonNull(input, "input is null");
    requireNonNull(output, "output is null");
    includes = List.copyOf(includes);
    excludes = List.copyOf(excludes);
    requireNonNull(making, "making is null");
  }

  /** Whether the result is a tree of its own, which a later run can build on. */
  boolean makesTree() {
    return output instanceof OrderedOutput.Bucket
        || (output instanceof OrderedOutput.Here here
            && here.destination() instanceof Destination.Tree);
  }

  /** Whole millionths of a US dollar; what is less counts as nothing. */
  private static long microDollars(@Nullable BigDecimal dollars) {
    return dollars == null
        ? Long.MAX_VALUE
        : dollars.movePointRight(6).setScale(0, RoundingMode.FLOOR).longValueExact();
  }
}
