package io.telemetryinject.coordinator.service;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the service lets people do.
 *
 * @param enabled whether the coordinator stays at all; otherwise it runs once
 * @param tokenFile holds the token that requests must bring; without one the service listens on
 *     this machine only
 * @param runsAtOnce how many runs are carried out at the same time; others wait
 * @param keptRuns how many runs are remembered after their end
 * @param allowedInputs what inputs must begin with: URLs, or absolute directories
 * @param allowedOutputs what outputs must begin with: places in buckets, or absolute directories
 * @param pageUrl where people find the page, told with every run
 */
@ConfigurationProperties("telemetry-inject.service")
public record ServiceSettings(
    @DefaultValue("false") boolean enabled,
    @Nullable Path tokenFile,
    @DefaultValue("4") int runsAtOnce,
    @DefaultValue("200") int keptRuns,
    @DefaultValue({"https://", "ssh://"}) List<String> allowedInputs,
    @DefaultValue("s3://") List<String> allowedOutputs,
    @Nullable String pageUrl) {
  public ServiceSettings {
    allowedInputs = List.copyOf(allowedInputs);
    allowedOutputs = List.copyOf(allowedOutputs);
  }
}
