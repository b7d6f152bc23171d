package io.telemetryinject.generator;

import io.telemetryinject.cache.s3.CachePlace;
import io.telemetryinject.cache.s3.CacheTrust;
import io.telemetryinject.cache.s3.S3Options;
import io.telemetryinject.generator.LadderSettings.Rung;
import io.telemetryinject.sandbox.SandboxMode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a generator worker needs besides its broker.
 *
 * @param cacheDir directory of the script cache, shared by all workers
 * @param cache {@code s3://BUCKET/PREFIX} of the script cache, in place of a directory
 * @param s3 how that bucket is reached
 * @param signingKey file of the private key that vouches for scripts; made on first use
 * @param trustedKeys files of other public keys whose scripts are used, e.g. that of the key before
 * @param python interpreter, with pytest and pylint, that new scripts are validated in
 * @param sandbox how firmly they are locked in
 * @param untrusted namespace of the cache that this process is kept to; empty for full trust
 * @param promote namespace whose scripts are validated anew and adopted; empty for none
 */
@ConfigurationProperties("telemetry-inject")
record GeneratorSettings(
    @DefaultValue(".telemetry_cache") Path cacheDir,
    @Nullable String cache,
    @Nullable S3Options s3,
    Path signingKey,
    @DefaultValue List<Path> trustedKeys,
    @DefaultValue("python3") String python,
    @DefaultValue("strict") SandboxMode sandbox,
    @DefaultValue Generator generator,
    @DefaultValue("") String untrusted,
    @DefaultValue("") String promote) {

  CachePlace place() {
    return CachePlace.of(cacheDir, cache, s3, System.getenv());
  }

  CacheTrust trust() {
    return CacheTrust.of(untrusted, promote);
  }

  /**
   * Who writes scripts.
   *
   * @param threads how many scripts are generated at once
   * @param ladder authors in the order they are asked; the template comes last where it is not
   *     named
   * @param healRounds how often a model is shown what its script did wrong
   * @param negativesHold how long a key that all failed on is left alone
   * @param spendDir where calls are paid from, shared by all generators; beside the cache by
   *     default
   * @param dailyMaxCost what all runs of a day (UTC) may spend together, in US dollars
   */
  record Generator(
      @DefaultValue("4") int threads,
      @DefaultValue List<RungSettings> ladder,
      @DefaultValue("3") int healRounds,
      @DefaultValue("7d") Duration negativesHold,
      @Nullable Path spendDir,
      @Nullable BigDecimal dailyMaxCost) {}

  LadderSettings ladder() {
    List<Rung> rungs = generator.ladder().stream().map(RungSettings::rung).toList();
    Path spend = generator.spendDir();
    BigDecimal daily = generator.dailyMaxCost();
    return new LadderSettings(
        rungs,
        generator.healRounds(),
        generator.negativesHold(),
        spend == null ? LadderSettings.spendDirectoryOf(cacheDir) : spend,
        daily == null
            ? Long.MAX_VALUE
            : daily.movePointRight(6).setScale(0, RoundingMode.FLOOR).longValue());
  }
}
