package io.telemetryinject.coordinator.job;

import io.telemetryinject.cache.s3.S3Options;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.git.GitAddress;
import io.telemetryinject.coordinator.order.OrderedOutput;
import io.telemetryinject.coordinator.order.RunOrder;
import io.telemetryinject.coordinator.status.RunWatch;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunStatus;
import io.telemetryinject.model.Sha256;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One run, as configuration.
 *
 * @param runName what the run is called; made of input and output if it is not given
 * @param input directory to instrument, or a git repository: its URL, or with {@code ref} its path
 * @param ref branch, tag or commit of that repository
 * @param output directory, {@code s3://BUCKET/PREFIX}, or a file that ends in {@code .patch}
 * @param includes globs of source files to instrument; empty for all
 * @param excludes globs of source files to carry over as they are
 * @param incremental whether to build on the last completed run to the same output
 * @param policy a policy file; without one, {@code telemetry.yaml} in the input's root
 * @param exceptions whether exceptions are reported; without it, the policy file says
 * @param cacheKey what scripts are looked up by
 * @param forceRegenerate whether cached scripts are written anew
 * @param maxCost what models may cost in this run, in US dollars
 * @param report file for the report as JSON
 */
@ConfigurationProperties("telemetry-inject")
record CoordinatorSettings(
    @Nullable String runName,
    @Nullable String input,
    @Nullable String ref,
    @Nullable String output,
    @DefaultValue List<String> includes,
    @DefaultValue List<String> excludes,
    @DefaultValue("false") boolean incremental,
    @Nullable Path policy,
    @Nullable ExceptionPolicy exceptions,
    @DefaultValue("shape") KeyKind cacheKey,
    @DefaultValue("false") boolean forceRegenerate,
    @Nullable BigDecimal maxCost,
    @Nullable Path report) {

  RunOrder order(S3Options buckets) throws InputProblem {
    if (maxCost != null && maxCost.signum() < 0) {
      throw new InputProblem(
          "the limit of cost is negative: " + maxCost,
          "Name at least 0 with --telemetry-inject.max-cost, or leave it out.");
    }
    return new RunOrder(
        named(input, "input", "a directory or a git repository"),
        ref == null || ref.isBlank() ? null : ref,
        OrderedOutput.of(
            named(output, "output", "a directory, s3://BUCKET/PREFIX or a file.patch"), buckets),
        incremental,
        includes,
        excludes,
        policy,
        exceptions,
        RunOrder.Making.withScripts(cacheKey, forceRegenerate, maxCost));
  }

  private static String named(@Nullable String value, String property, String what)
      throws InputProblem {
    if (value == null || value.isBlank()) {
      throw new InputProblem(
          "no " + property + " was named",
          "Name " + what + " with --telemetry-inject." + property + ".");
    }
    return value;
  }

  /** What a person who watches may see. */
  RunWatch.Order shown() throws InputProblem {
    String from = input == null ? "" : GitAddress.shown(input);
    String to = output == null ? "" : output;
    return new RunWatch.Order(name(from, to), from, ref, to, null);
  }

  /** The same for a job that was killed and started again. */
  private String name(String from, String to) throws InputProblem {
    if (runName == null || runName.isBlank()) {
      return "run-" + Sha256.of(from + "\n" + ref + "\n" + to).substring(0, 12);
    }
    if (!RunStatus.isName(runName)) {
      throw new InputProblem(
          "a run cannot be called " + runName.replaceAll("\\p{Cntrl}", "?"),
          "Use letters, digits, dots and dashes, at most 63, with --telemetry-inject.run-name.");
    }
    return runName;
  }
}
