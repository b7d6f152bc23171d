package io.telemetryinject.generator;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.llm.FleetShare;
import io.telemetryinject.sandbox.ScriptSandbox;
import io.telemetryinject.sandbox.ScriptValidator;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What generation works with.
 *
 * @param cacheDir where attempts and negative entries are kept
 * @param share this process's part of the limits that all generators share
 */
public record GenerationTools(
    LanguagePacks packs,
    ScriptCache cache,
    Path cacheDir,
    ScriptSandbox sandbox,
    ScriptValidator validator,
    FleetShare share,
    MeterRegistry meters,
    Clock clock) {}
