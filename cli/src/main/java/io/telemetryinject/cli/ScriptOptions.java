package io.telemetryinject.cli;

import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.sandbox.SandboxMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How scripts are found, made and run. */
final class ScriptOptions {
  @Option(names = "--use-scripts", description = "Insert with cached scripts (the default).")
  boolean useScripts;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      defaultValue = ".telemetry_cache",
      description = "Directory of the script cache (default: ${DEFAULT-VALUE}).")
  Path cacheDir = Path.of(".telemetry_cache");

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description = "Private key that vouches for cached scripts (default: below ~/.config).")
  @Nullable Path signingKey;

  @Option(
      names = "--cache-key",
      paramLabel = "shape|signature",
      defaultValue = "shape",
      description = "What scripts are looked up by (default: ${DEFAULT-VALUE}).")
  KeyKind cacheKey = KeyKind.SHAPE;

  @Option(
      names = "--force-regenerate",
      description = "Pass over scripts that are in the cache and write them anew.")
  boolean forceRegenerate;

  @Option(
      names = "--exceptions",
      paramLabel = "capture|ignore",
      description = "Whether exceptions are reported (default: what the policy says, or capture).")
  @Nullable ExceptionPolicy exceptions;

  @Option(
      names = "--max-workers",
      paramLabel = "N",
      description = "How many scripts run at once (default: the number of processors).")
  int maxWorkers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description = "Interpreter for scripts and for compiling results (default: found).")
  @Nullable String python;

  @Option(
      names = "--sandbox",
      paramLabel = "strict|none",
      defaultValue = "strict",
      description = "How firmly scripts are locked in (default: ${DEFAULT-VALUE}).")
  SandboxMode sandbox = SandboxMode.STRICT;
}
