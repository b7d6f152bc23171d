package io.telemetryinject.cli;

import io.telemetryinject.cache.CacheFinding;
import io.telemetryinject.cache.CacheMaintenance;
import io.telemetryinject.cache.CacheStatistics;
import io.telemetryinject.cache.ObjectStore;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.SigningKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What people do to the script cache. */
final class CacheCommand {
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
      stats();
    }
    return exitCode;
  }

  private void stats() throws IOException {
    maintenance.rebuildIndex();
    CacheStatistics stats = maintenance.statistics();
    line("Cache Statistics: %s", store.location());
    line("  Total scripts: %,d (%,d quarantined)", stats.totalScripts(), stats.quarantined());
    line("  Total size: %.1f MB", stats.totalBytes() / 1e6);
    line("  Hit rate: %.1f%%", 100 * stats.hitRate());
    line("  Avg generation time: %.2fs", stats.averageGenerationMillis() / 1e3);
    line("  Avg cached execution: %.2fms", stats.averageCachedExecutionMillis());
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
