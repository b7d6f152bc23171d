package io.telemetryinject.cli;

import io.telemetryinject.cache.s3.CachePlace;
import io.telemetryinject.cache.s3.CacheTrust;
import io.telemetryinject.cache.s3.S3Options;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.sandbox.SandboxMode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How scripts are found, made and run. */
final class ScriptOptions {
  @Option(names = "--use-scripts", description = "Insert with cached scripts (the default).")
  boolean useScripts;

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Directory of the script cache (default: .telemetry_cache).")
  @Nullable Path directory;

  @Option(
      names = "--cache",
      paramLabel = "s3://BUCKET/PREFIX",
      description = "Script cache in a bucket, in place of --cache-dir.")
  @Nullable String cache;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "For --cache: any S3-compatible server (default: AWS).")
  @Nullable URI s3Endpoint;

  @Option(
      names = "--s3-region",
      paramLabel = "REGION",
      description = "For --cache: the bucket's region (default: what AWS_REGION or a profile say).")
  @Nullable String s3Region;

  @Option(
      names = "--cache-copies",
      paramLabel = "DIR",
      description = "For --cache: directory of copies of what was read (default: below ~/.cache).")
  @Nullable Path copies;

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description = "Private key that vouches for cached scripts (default: below ~/.config).")
  @Nullable Path signingKey;

  @Option(
      names = "--trusted-key",
      paramLabel = "FILE",
      description = "Another public key whose scripts are used; may be repeated.")
  List<Path> trustedKeys = new ArrayList<>();

  @Option(
      names = "--untrusted",
      paramLabel = "NAME",
      description = "Keep what this run writes to the cache to a namespace, e.g. pr-12.")
  String untrusted = "";

  @Option(
      names = "--promote",
      paramLabel = "NAME",
      description = "Validate scripts of that namespace anew, and adopt those that are needed.")
  String promote = "";

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

  /** Whether options for buckets have one besides the cache's. */
  boolean outputInBucket;

  /** Where the cache lies, and beside it what else a run keeps. */
  Path cacheDir() {
    return directory == null ? Path.of(".telemetry_cache") : directory;
  }

  CachePlace place() throws Complaint {
    if (cache == null) {
      refuse(s3Endpoint != null && !outputInBucket, "--s3-endpoint");
      refuse(s3Region != null && !outputInBucket, "--s3-region");
      refuse(copies != null, "--cache-copies");
    } else if (directory != null) {
      throw new Complaint(
          ExitCode.USAGE,
          "--cache and --cache-dir exclude one another",
          "Name the bucket or the directory.");
    }
    S3Options options = new S3Options(s3Endpoint, s3Region, null, null, copies);
    try {
      return CachePlace.of(cacheDir(), cache, options, System.getenv());
    } catch (IllegalArgumentException e) {
      throw new Complaint(
          ExitCode.USAGE,
          String.valueOf(e.getMessage()),
          "For example: --cache s3://scripts/nightly --s3-endpoint http://localhost:9000");
    }
  }

  /** How a run's output in a bucket is reached: as the cache's bucket would be. */
  S3Options bucket() {
    return new S3Options(s3Endpoint, s3Region, null, null, null);
  }

  /** How far the run is trusted with the cache. */
  CacheTrust trust() throws Complaint {
    try {
      return CacheTrust.of(untrusted, promote);
    } catch (IllegalArgumentException e) {
      throw new Complaint(
          ExitCode.USAGE,
          String.valueOf(e.getMessage()),
          "For example: --untrusted pr-12, and after the merge --promote pr-12.");
    }
  }

  private static void refuse(boolean given, String option) throws Complaint {
    if (given) {
      throw new Complaint(
          ExitCode.USAGE, option + " has no bucket", "Name one with --cache s3://BUCKET/PREFIX.");
    }
  }
}
