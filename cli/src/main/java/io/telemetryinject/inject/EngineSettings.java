package io.telemetryinject.inject;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.s3.CachePlace;
import io.telemetryinject.cache.s3.CacheTrust;
import io.telemetryinject.generator.LadderSettings;
import io.telemetryinject.sandbox.SandboxMode;
import java.nio.file.Path;
import java.util.List;

/**
 * What an {@link Engine} is made of.
 *
 * @param cache where the script cache lies; made on first use
 * @param trust what the engine may write, and whose scripts it may promote
 * @param signingKey file of the private key that vouches for cached scripts; made on first use
 * @param trustedKeys files of other public keys whose scripts are used
 * @param python interpreter for scripts and for compiling results
 * @param sandbox how firmly scripts are locked in
 * @param workers how many functions' scripts run at once
 * @param ladder who writes scripts
 */
public record EngineSettings(
    CachePlace cache,
    CacheTrust trust,
    Path signingKey,
    List<Path> trustedKeys,
    String python,
    SandboxMode sandbox,
    int workers,
    LadderSettings ladder) {
  public EngineSettings {
    requireNonNull(cache, "cache is null");
    requireNonNull(trust, "trust is null");
    requireNonNull(signingKey, "signingKey is null");
    trustedKeys = List.copyOf(trustedKeys);
    requireNonNull(python, "python is null");
    requireNonNull(sandbox, "sandbox is null");
    requireNonNull(ladder, "ladder is null");
    if (workers < 1) {
      throw new IllegalArgumentException("workers is not positive: " + workers);
    }
  }

  /** With full trust. */
  public EngineSettings(
      CachePlace cache,
      Path signingKey,
      String python,
      SandboxMode sandbox,
      int workers,
      LadderSettings ladder) {
    this(cache, CacheTrust.FULL, signingKey, List.of(), python, sandbox, workers, ladder);
  }

  /** With the script cache in a directory. */
  public EngineSettings(
      Path cacheDir,
      Path signingKey,
      String python,
      SandboxMode sandbox,
      int workers,
      LadderSettings ladder) {
    this(CachePlace.directory(cacheDir), signingKey, python, sandbox, workers, ladder);
  }

  /** Scripts from templates: no model is asked. */
  public EngineSettings(
      Path cacheDir, Path signingKey, String python, SandboxMode sandbox, int workers) {
    this(
        cacheDir,
        signingKey,
        python,
        sandbox,
        workers,
        LadderSettings.template(LadderSettings.spendDirectoryOf(cacheDir)));
  }
}
