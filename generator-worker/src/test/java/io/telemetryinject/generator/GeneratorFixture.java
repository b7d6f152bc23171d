package io.telemetryinject.generator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.KeyClaims;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.StoredScriptCache;
import io.telemetryinject.llm.FleetShare;
import io.telemetryinject.sandbox.ProcessSandbox;
import io.telemetryinject.sandbox.PythonScriptValidator;
import io.telemetryinject.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real sandbox for a class of tests, and a signed cache for each of them. */
abstract class GeneratorFixture {
  static ProcessSandbox sandbox;
  static PythonScriptValidator validator;

  @TempDir Path directory;
  StoredScriptCache cache;

  @BeforeAll
  static void startWorkers() {
    SandboxSettings settings =
        SandboxSettings.strict(System.getProperty("telemetry.inject.python", "python3"), 2);
    sandbox = new ProcessSandbox(settings);
    validator = new PythonScriptValidator(settings);
  }

  @AfterAll
  static void stopWorkers() {
    validator.close();
    sandbox.close();
  }

  @BeforeEach
  void openCache() throws Exception {
    SigningKeys keys = SigningKeys.openOrCreate(directory.resolve("key").resolve("signing-key"));
    cache =
        StoredScriptCache.writing(
            new FileObjectStore(directory.resolve("cache")),
            keys.verifier(),
            keys.signer(),
            QuarantineListener.logging());
  }

  /** With the cache alone to work on, and nobody to share limits with. */
  GenerationTools tools() {
    FileObjectStore store = new FileObjectStore(directory.resolve("cache"));
    return new GenerationTools(
        Requests.PACKS,
        cache,
        Optional.empty(),
        store,
        new KeyClaims(directory.resolve("cache")),
        sandbox,
        validator,
        FleetShare.alone(),
        new SimpleMeterRegistry(),
        Clock.systemUTC());
  }
}
