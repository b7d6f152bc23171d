package io.telemetryinject.coordinator.messaging;

import io.telemetryinject.cache.s3.S3Options;
import io.telemetryinject.coordinator.order.WorkPlace;
import io.telemetryinject.sandbox.SandboxMode;
import io.telemetryinject.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where, and with how much of this machine, a coordinator works, whatever it is asked for.
 *
 * @param workDir directory that keeps clones, results on their way to a bucket, and orders
 * @param s3 how buckets for outputs are reached
 * @param python interpreter that results are compiled with
 * @param sandbox how firmly the compiler is locked in
 * @param assemblers how many threads of a run assemble files
 * @param patience how long no outcome may come before unfinished files are asked for again
 */
@ConfigurationProperties("telemetry-inject")
public record WorkSettings(
    @DefaultValue(".telemetry_work") Path workDir,
    @Nullable S3Options s3,
    @DefaultValue("python3") String python,
    @DefaultValue("strict") SandboxMode sandbox,
    @DefaultValue("2") int assemblers,
    @DefaultValue("10m") Duration patience) {

  /** How buckets for outputs are reached. */
  public S3Options buckets() {
    return s3 == null ? S3Options.NONE : s3;
  }

  public WorkPlace place() {
    return WorkPlace.in(workDir.toAbsolutePath(), assemblers, patience);
  }

  public SandboxSettings compiler() {
    return SandboxSettings.strict(python, assemblers).withMode(sandbox);
  }
}
