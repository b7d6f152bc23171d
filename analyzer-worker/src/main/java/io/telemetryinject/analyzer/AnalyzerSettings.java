package io.telemetryinject.analyzer;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an analyzer worker needs besides its broker.
 *
 * @param cacheDir directory of the script cache, shared by all workers
 * @param publicKey file of the key that cached scripts are checked with
 */
@ConfigurationProperties("telemetry-inject")
record AnalyzerSettings(@DefaultValue(".telemetry_cache") Path cacheDir, Path publicKey) {}
