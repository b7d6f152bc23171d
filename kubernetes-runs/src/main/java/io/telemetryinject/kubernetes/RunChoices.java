package io.telemetryinject.kubernetes;

import io.telemetryinject.model.ExceptionPolicy;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run treats functions and files; what is left out is as the template has it.
 *
 * @param incremental whether to build on the last completed run to the same output
 * @param includes globs of source files to instrument; empty for all
 * @param excludes globs of source files to carry over as they are
 * @param maxCost what models may cost, in US dollars
 */
public record RunChoices(
    boolean incremental,
    List<String> includes,
    List<String> excludes,
    @Nullable ExceptionPolicy exceptions,
    @Nullable BigDecimal maxCost) {

  /** As the template has it. */
  public static final RunChoices DEFAULT = new RunChoices(false, List.of(), List.of(), null, null);

  public RunChoices {
    includes = List.copyOf(includes);
    excludes = List.copyOf(excludes);
    if (maxCost != null && maxCost.signum() < 0) {
      throw new IllegalArgumentException("the cost is negative: " + maxCost);
    }
  }
}
