package io.telemetryinject.generator;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.cache.ObjectStore;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.ScriptClaims;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.llm.FleetShare;
import io.telemetryinject.sandbox.ScriptSandbox;
import io.telemetryinject.sandbox.ScriptValidator;
import java.time.Clock;
import java.util.Optional;

/**
 * What generation works with.
 *
 * @param promoted scripts that others wrote, to be validated and adopted where they are needed
 * @param store where attempts and negative entries are kept
 * @param claims keep generators of one key apart
 * @param share this process's part of the limits that all generators share
 */
public record GenerationTools(
    LanguagePacks packs,
    ScriptCache cache,
    Optional<ScriptCache> promoted,
    ObjectStore store,
    ScriptClaims claims,
    ScriptSandbox sandbox,
    ScriptValidator validator,
    FleetShare share,
    MeterRegistry meters,
    Clock clock) {}
