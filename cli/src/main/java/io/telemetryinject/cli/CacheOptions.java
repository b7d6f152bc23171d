package io.telemetryinject.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to do to the script cache instead of a run. */
final class CacheOptions {
  @Option(names = "--cache-stats", description = "Show figures of the script cache.")
  boolean stats;

  @Option(
      names = "--explain-miss",
      description = "Tell why the last run that missed scripts missed them.")
  boolean explainMiss;

  @Option(names = "--json", description = "Figures as JSON, for --cache-stats and --explain-miss.")
  boolean json;

  @Option(names = "--cache-clear", description = "Remove every script; asks first.")
  boolean clear;

  @Option(names = "--yes", description = "For --cache-clear: do not ask.")
  boolean yes;

  @Option(names = "--cache-prune", description = "Remove scripts not used for --days.")
  boolean prune;

  @Option(
      names = "--cache-validate",
      description = "Check digest and signature of every script, and try it again.")
  boolean validate;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "For --cache-validate: try only so many again, chosen at random.")
  @Nullable Integer sample;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "For --cache-prune (default: ${DEFAULT-VALUE}).")
  int days = 30;

  boolean any() {
    return stats || explainMiss || clear || prune || validate;
  }
}
