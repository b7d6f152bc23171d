package io.telemetryinject.coordinator.service;

import io.telemetryinject.cache.s3.S3Options;
import io.telemetryinject.coordinator.InputProblem;
import io.telemetryinject.coordinator.git.GitAddress;
import io.telemetryinject.coordinator.order.OrderedOutput;
import io.telemetryinject.coordinator.order.RunOrder;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An order as people send it. How buckets and the machine are used is the service's own business,
 * and none of theirs.
 *
 * @param name what the run is called; made up if it is not given
 * @param input a git repository, or where the service allows it, a directory
 * @param ref branch, tag or commit of the repository
 * @param output {@code s3://BUCKET/PREFIX}, or where the service allows it, a directory or patch
 * @param incremental whether to build on the last completed run to the same output
 * @param includes globs of source files to instrument; empty for all
 * @param excludes globs of source files to carry over as they are
 * @param exceptions whether exceptions are reported; without it, the tree's policy says
 * @param cacheKey what scripts are looked up by
 * @param forceRegenerate whether cached scripts are written anew
 * @param maxCostUsd what models may cost in this run
 */
public record RunSubmission(
    @Nullable String name,
    @Nullable String input,
    @Nullable String ref,
    @Nullable String output,
    @Nullable Boolean incremental,
    @Nullable List<String> includes,
    @Nullable List<String> excludes,
    @Nullable ExceptionPolicy exceptions,
    @Nullable KeyKind cacheKey,
    @Nullable Boolean forceRegenerate,
    @Nullable BigDecimal maxCostUsd) {
  private static final int MAX_TEXT = 2_000;
  private static final int MAX_GLOBS = 100;
  private static final BigDecimal MAX_COST = new BigDecimal(1_000_000);
  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

  /** The same under another name. */
  RunSubmission called(String other) {
    return new RunSubmission(
        other,
        input,
        ref,
        output,
        incremental,
        includes,
        excludes,
        exceptions,
        cacheKey,
        forceRegenerate,
        maxCostUsd);
  }

  /**
   * What is to be carried out.
   *
   * @throws RefusedOrder with everything that is wrong about it
   */
  RunOrder order(AllowedPlaces allowed, S3Options buckets) throws RefusedOrder {
    Map<String, String> problems = new LinkedHashMap<>();
    if (name != null && !RunStatus.isName(name)) {
      problems.put("name", "must be letters, digits, dots and dashes, at most 63");
    }
    checkText("ref", ref, problems);
    checkGlobs("includes", includes, problems);
    checkGlobs("excludes", excludes, problems);
    if (maxCostUsd != null && (maxCostUsd.signum() < 0 || maxCostUsd.compareTo(MAX_COST) > 0)) {
      problems.put("maxCostUsd", "must be at least 0 and at most " + MAX_COST);
    }
    if (isGiven("input", input, problems)) {
      allowed.refuseInput(String.valueOf(input)).ifPresent(why -> problems.put("input", why));
      checkRepository(problems);
    }
    Optional<OrderedOutput> where = Optional.empty();
    if (isGiven("output", output, problems)) {
      allowed.refuseOutput(String.valueOf(output)).ifPresent(why -> problems.put("output", why));
      where = output(buckets, problems);
    }
    if (where.isEmpty() || !problems.isEmpty()) {
      throw new RefusedOrder(problems);
    }
    return new RunOrder(
        String.valueOf(input),
        wantedRef(),
        where.get(),
        Boolean.TRUE.equals(incremental),
        includes == null ? List.of() : includes,
        excludes == null ? List.of() : excludes,
        null,
        exceptions,
        RunOrder.Making.withScripts(
            cacheKey == null ? KeyKind.SHAPE : cacheKey,
            Boolean.TRUE.equals(forceRegenerate),
            maxCostUsd));
  }

  private @Nullable String wantedRef() {
    return ref == null || ref.isBlank() ? null : ref;
  }

  private static boolean isGiven(
      String field, @Nullable String value, Map<String, String> problems) {
    if (value == null || value.isBlank()) {
      problems.put(field, "is missing");
      return false;
    }
    checkText(field, value, problems);
    return !problems.containsKey(field);
  }

  private static void checkText(
      String field, @Nullable String value, Map<String, String> problems) {
    if (value != null && (value.length() > MAX_TEXT || UNPRINTABLE.matcher(value).find())) {
      problems.put(field, "must be printable, and at most " + MAX_TEXT + " characters long");
    }
  }

  private static void checkGlobs(
      String field, @Nullable List<String> globs, Map<String, String> problems) {
    if (globs == null) {
      return;
    }
    if (globs.size() > MAX_GLOBS || globs.contains(null)) {
      problems.put(field, "must be at most " + MAX_GLOBS + " globs");
      return;
    }
    globs.forEach(glob -> checkText(field, glob, problems));
  }

  /** Only an input that may be read is looked at. */
  private void checkRepository(Map<String, String> problems) {
    if (problems.containsKey("input")) {
      return;
    }
    try {
      GitAddress.of(String.valueOf(input), wantedRef() != null);
    } catch (InputProblem e) {
      problems.put("input", e.getMessage() + ". " + e.advice());
    } catch (IOException e) {
      problems.put("input", "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private Optional<OrderedOutput> output(S3Options buckets, Map<String, String> problems) {
    try {
      return Optional.of(OrderedOutput.of(String.valueOf(output), buckets));
    } catch (InputProblem e) {
      problems.putIfAbsent("output", e.getMessage() + ". " + e.advice());
      return Optional.empty();
    }
  }
}
