package io.telemetryinject.analyzer;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an analyzer worker needs besides its broker.
 *
 * @param cacheDir directory of the script cache, shared by all workers
 * @param publicKey files of the keys that cached scripts are checked with: several while one
 *     replaces the other
 */
@ConfigurationProperties("telemetry-inject")
record AnalyzerSettings(@DefaultValue(".telemetry_cache") Path cacheDir, List<Path> publicKey) {}
