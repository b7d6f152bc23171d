package io.telemetryinject.cli;

import io.telemetryinject.cache.CacheFinding;
import io.telemetryinject.cache.CacheMaintenance;
import io.telemetryinject.cache.CacheStatistics;
import io.telemetryinject.cache.CacheStatistics.Lookups;
import io.telemetryinject.cache.CacheStatistics.Savings;
import io.telemetryinject.cache.MissReport;
import io.telemetryinject.cache.ObjectStore;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.SigningKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
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
  private final ObjectStore store;
  private final CacheMaintenance maintenance;

  CacheCommand(PrintStream out, ObjectStore store) {
    this.out = out;
    this.store = store;
    this.maintenance = new CacheMaintenance(store);
  }

  int run(CacheOptions options, Path signingKey) throws IOException {
    int exitCode = ExitCode.CLEAN;
    if (options.validate) {
      exitCode = validate(signingKey);
    }
    if (options.prune) {
      removed(
          "unused for " + options.days + " days", maintenance.prune(Duration.ofDays(options.days)));
    }
    if (options.clear) {
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
    maintenance.rebuildIndex();
    CacheStatistics stats = maintenance.statistics();
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

  private int validate(Path signingKey) throws IOException {
    List<CacheFinding> findings =
        maintenance.validate(
            SigningKeys.openOrCreate(signingKey).verifier(), QuarantineListener.logging());
    findings.forEach(f -> line("%s %s: %s", f.kind(), f.name(), f.detail()));
    boolean sound =
        findings.stream()
            .noneMatch(
                f ->
                    f.kind() == CacheFinding.Kind.DAMAGED
                        || f.kind() == CacheFinding.Kind.UNREADABLE);
    line(
        "%,d scripts checked: %s",
        maintenance.statistics().totalScripts(), sound ? "all sound" : "see above");
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
