package io.telemetryinject.coordinator.job;

import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.sandbox.SandboxMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One run, as configuration.
 *
 * @param input directory to instrument
 * @param output directory for the result
 * @param includes globs of source files to instrument; empty for all
 * @param excludes globs of source files to carry over as they are
 * @param incremental whether to build on the last completed run to the same output
 * @param policy a policy file; without one, {@code telemetry.yaml} in the input's root
 * @param exceptions whether exceptions are reported; without it, the policy file says
 * @param cacheKey what scripts are looked up by
 * @param forceRegenerate whether cached scripts are written anew
 * @param python interpreter that results are compiled with
 * @param sandbox how firmly the compiler is locked in
 * @param assemblers how many threads assemble files
 * @param patience how long no outcome may come before unfinished files are asked for again
 */
@ConfigurationProperties("telemetry-inject")
record CoordinatorSettings(
    Path input,
    Path output,
    @DefaultValue List<String> includes,
    @DefaultValue List<String> excludes,
    @DefaultValue("false") boolean incremental,
    @Nullable Path policy,
    @Nullable ExceptionPolicy exceptions,
    @DefaultValue("shape") KeyKind cacheKey,
    @DefaultValue("false") boolean forceRegenerate,
    @DefaultValue("python3") String python,
    @DefaultValue("strict") SandboxMode sandbox,
    @DefaultValue("2") int assemblers,
    @DefaultValue("10m") Duration patience) {}
