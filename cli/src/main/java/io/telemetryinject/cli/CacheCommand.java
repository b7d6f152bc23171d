package io.telemetryinject.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.cache.CacheFinding;
import io.telemetryinject.cache.CacheMaintenance;
import io.telemetryinject.cache.CacheStatistics;
import io.telemetryinject.cache.CacheStatistics.Lookups;
import io.telemetryinject.cache.CacheStatistics.Savings;
import io.telemetryinject.cache.MissReport;
import io.telemetryinject.cache.Namespace;
import io.telemetryinject.cache.ObjectStore;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ScriptVerifier;
import io.telemetryinject.cache.SigningKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What people do to the script cache. */
final class CacheCommand {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final PrintStream out;
  private final PrintStream err;
  private final ObjectStore store;
  private final Namespace namespace;
  private final ScriptOptions scripts;
  private final CacheMaintenance maintenance;

  /**
   * @param store of the namespace
   */
  CacheCommand(
      PrintStream out,
      PrintStream err,
      ObjectStore store,
      Namespace namespace,
      ScriptOptions scripts) {
    this.out = out;
    this.err = err;
    this.store = store;
    this.namespace = namespace;
    this.scripts = scripts;
    this.maintenance = new CacheMaintenance(store);
  }

  int run(CacheOptions options, Path signingKey) throws Exception {
    int exitCode = ExitCode.CLEAN;
    if (options.validate) {
      exitCode = validate(options, signingKey);
    }
    if (options.prune) {
      removed(
          "unused for " + options.days + " days", maintenance.prune(Duration.ofDays(options.days)));
    }
    if (options.clear) {
      confirm(options);
      removed("all", maintenance.clear());
    }
    if (options.stats) {
      stats(options.json);
    }
    if (options.explainMiss) {
      explainMiss(options.json);
    }
    return exitCode;
  }

  private void stats(boolean asJson) throws IOException {
    CacheStatistics stats = maintenance.rebuildIndex();
    if (asJson) {
      out.println(JSON.writeValueAsString(stats));
      return;
    }
    line("Cache Statistics: %s", store.location());
    line("  Total scripts: %,d (%,d quarantined)", stats.totalScripts(), stats.quarantined());
    line("  Total size: %.1f MB", stats.totalBytes() / 1e6);
    line("  Hit rate: %.1f%%", 100 * stats.hitRate());
    line("  Avg generation time: %.2fs", stats.averageGenerationMillis() / 1e3);
    line("  Avg cached execution: %.2fms", stats.averageCachedExecutionMillis());
    Lookups lookups = stats.lookups();
    line(
        "  Lookups: %,d hits by shape, %,d by signature, %,d misses, %,d negative hits",
        lookups.shapeHits(), lookups.signatureHits(), lookups.misses(), lookups.negativeHits());
    Savings savings = stats.savings();
    line(
        "  Models: %,d scripts, %,d calls, $%.2f; a call per function would have cost $%.2f",
        savings.modelScripts(),
        savings.modelCalls(),
        savings.microDollars() / 1e6,
        savings.avoidedMicroDollars() / 1e6);
    if (savings.modelCalls() > 0) {
      line("  Break-even: a script pays from %.1f functions on", savings.breakEvenUses());
    }
  }

  private void explainMiss(boolean asJson) throws IOException {
    Optional<MissReport> report = maintenance.lastMisses();
    if (asJson) {
      out.println(JSON.writeValueAsString(report.orElse(null)));
      return;
    }
    if (report.isEmpty()) {
      line("No run of %s has missed a script.", store.location());
      return;
    }
    line("Misses of run %s, %s:", report.get().run().substring(0, 12), report.get().at());
    report
        .get()
        .byReason()
        .forEach((reason, functions) -> line("  %,8d functions  %s", functions, reason.word()));
    line("");
    report
        .get()
        .lines()
        .forEach(m -> line("  %,8d  %-16s  %s", m.functions(), m.reason().word(), m.key()));
  }

  private void confirm(CacheOptions options) throws IOException, Complaint {
    if (options.yes) {
      return;
    }
    int count = maintenance.statistics().totalScripts();
    err.printf(Locale.ROOT, "Remove all %,d scripts of %s? [y/N] ", count, store.location());
    err.flush();
    BufferedReader answers = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    String answer = answers.readLine();
    if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
      throw new Complaint(
          ExitCode.USAGE, "nothing was removed", "Answer y, or say --yes where nobody is asked.");
    }
  }

  private int validate(CacheOptions options, Path signingKey) throws Exception {
    ScriptVerifier verifier =
        SigningKeys.openOrCreate(signingKey)
            .trusting(scripts.trustedKeys)
            .verifier()
            .within(namespace);
    List<CacheFinding> findings =
        new ArrayList<>(maintenance.validate(verifier, QuarantineListener.logging()));
    int tried = 0;
    if (options.sample == null || options.sample > 0) {
      try (CacheTrial trial = new CacheTrial(err, maintenance, verifier, scripts)) {
        tried = trial.run(options.sample, findings::add);
      }
    }
    findings.forEach(f -> line("%s %s: %s", f.kind(), f.name(), f.detail()));
    boolean sound =
        findings.stream()
            .noneMatch(
                f ->
                    f.kind() == CacheFinding.Kind.DAMAGED
                        || f.kind() == CacheFinding.Kind.FAILED
                        || f.kind() == CacheFinding.Kind.UNREADABLE);
    line(
        "%,d scripts checked, %,d tried again: %s",
        maintenance.usable().size(), tried, sound ? "all sound" : "see above");
    return sound ? ExitCode.CLEAN : ExitCode.PROBLEMS;
  }

  private void removed(String which, CacheMaintenance.Removed removed) {
    line(
        "Removed %,d scripts (%s), %.1f MB",
        removed.entries().size(), which, removed.bytes() / 1e6);
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
