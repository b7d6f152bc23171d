package io.telemetryinject.analyzer;

import io.telemetryinject.cache.s3.CachePlace;
import io.telemetryinject.cache.s3.CacheTrust;
import io.telemetryinject.cache.s3.S3Options;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an analyzer worker needs besides its broker.
 *
 * @param cacheDir directory of the script cache, shared by all workers
 * @param cache {@code s3://BUCKET/PREFIX} of the script cache, in place of a directory
 * @param s3 how that bucket is reached
 * @param publicKey files of the keys that cached scripts are checked with: several while one
 *     replaces the other
 * @param untrusted namespace of the cache that this process is kept to; empty for full trust
 */
@ConfigurationProperties("telemetry-inject")
record AnalyzerSettings(
    @DefaultValue(".telemetry_cache") Path cacheDir,
    @Nullable String cache,
    @Nullable S3Options s3,
    List<Path> publicKey,
    @DefaultValue("") String untrusted) {

  CachePlace place() {
    return CachePlace.of(cacheDir, cache, s3, System.getenv());
  }

  CacheTrust trust() {
    return CacheTrust.of(untrusted, "");
  }
}
