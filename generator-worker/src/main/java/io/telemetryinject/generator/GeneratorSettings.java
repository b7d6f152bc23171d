package io.telemetryinject.generator;

import io.telemetryinject.sandbox.SandboxMode;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a generator worker needs besides its broker.
 *
 * @param cacheDir directory of the script cache, shared by all workers
 * @param signingKey file of the private key that vouches for scripts; made on first use
 * @param python interpreter, with pytest and pylint, that new scripts are validated in
 * @param sandbox how firmly they are locked in
 */
@ConfigurationProperties("telemetry-inject")
record GeneratorSettings(
    @DefaultValue(".telemetry_cache") Path cacheDir,
    Path signingKey,
    @DefaultValue("python3") String python,
    @DefaultValue("strict") SandboxMode sandbox,
    @DefaultValue Generator generator) {

  /**
   * @param threads how many scripts are generated at once
   */
  record Generator(@DefaultValue("2") int threads) {}
}
