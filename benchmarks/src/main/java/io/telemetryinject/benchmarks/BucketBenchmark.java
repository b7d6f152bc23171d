package io.telemetryinject.benchmarks;

import io.telemetryinject.cache.CacheMaintenance;
import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.NewScript;
import io.telemetryinject.cache.ObjectStore;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.RememberingScriptCache;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.StoredScriptCache;
import io.telemetryinject.cache.s3.CachePlace;
import io.telemetryinject.cache.s3.OpenCache;
import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.embedded.EmbeddedStore;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.KeyParts;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a cache in a bucket of so many entries costs those who read it. */
public final class BucketBenchmark {
  private static final int READS = 20_000;

  /** As long as a script from the template. */
  private static final String SCRIPT = "# insertion script\n".repeat(500);

  private BucketBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int entries = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
    Path home = Files.createTempDirectory("bucket-benchmark");
    SigningKeys keys = SigningKeys.openOrCreate(home.resolve("key").resolve("signing-key"));
    fill(home.resolve("cache"), keys, entries);
    statistics(
        "statistics over %,d scripts in a directory", new FileObjectStore(home.resolve("cache")));
    try (EmbeddedStore server = EmbeddedStore.start(home.resolve("cache"))) {
      CachePlace place =
          new CachePlace(home.resolve("unused"), server.place().bucket(), home.resolve("copies"));
      try (OpenCache open = place.open(OutageListener.logging())) {
        // The server, too, is slow at first.
        open.store().exists("metadata/cache.json");
        look(open, keys);
        statistics(open);
      }
    }
  }

  private static void fill(Path directory, SigningKeys keys, int entries) throws IOException {
    try (StoredScriptCache cache =
        StoredScriptCache.writing(
            new FileObjectStore(directory),
            keys.verifier(),
            keys.signer(),
            QuarantineListener.logging())) {
      for (int i = 0; i < entries; i++) {
        cache.create(
            new NewScript(
                key(i),
                new KeyParts(1, KeyKind.SHAPE, key(i).digest(), key(i).digest(), key(i).digest()),
                "shape",
                SCRIPT,
                SCRIPT,
                "{}",
                "template",
                List.of(),
                Instant.now(),
                1,
                0,
                1,
                new NewScript.Cost(1, 0, 0)),
            1);
      }
    }
  }

  private static ScriptKey key(int i) {
    String slug = "shape-" + i;
    return new ScriptKey(
        Language.PYTHON, KeyKind.SHAPE, slug, Sha256.of(slug.getBytes(StandardCharsets.UTF_8)));
  }

  private static void look(OpenCache open, SigningKeys keys) throws IOException {
    long started = System.nanoTime();
    StoredScriptCache cache = open.reading(keys.verifier(), QuarantineListener.logging());
    cache.latestVersion(key(1));
    print("open and first look-up", System.nanoTime() - started);
    started = System.nanoTime();
    read(cache);
    print("first read, from the bucket", System.nanoTime() - started);
    median("read of a copy, every byte checked", cache);
    median("read of a script that this process remembers", new RememberingScriptCache(cache));
  }

  private static void read(ScriptCache cache) throws IOException {
    if (cache.read(key(1), 1).isEmpty()) {
      throw new IllegalStateException("the script is gone");
    }
  }

  private static void median(String what, ScriptCache cache) throws IOException {
    long[] nanos = new long[READS];
    for (int i = 0; i < READS; i++) {
      long started = System.nanoTime();
      read(cache);
      nanos[i] = System.nanoTime() - started;
    }
    Arrays.sort(nanos, READS / 2, READS);
    print(what + ", median of the warm half", nanos[READS * 3 / 4]);
  }

  private static void statistics(OpenCache open) throws IOException {
    statistics("statistics over %,d scripts, all in the index", open.store());
    open.store().delete("metadata/script_index.json");
    statistics("statistics over %,d scripts, without an index", open.store());
  }

  private static void statistics(String what, ObjectStore store) throws IOException {
    long started = System.nanoTime();
    int scripts = new CacheMaintenance(store).statistics().totalScripts();
    print(String.format(Locale.ROOT, what, scripts), System.nanoTime() - started);
  }

  private static void print(String what, long nanos) {
    System.out.printf(Locale.ROOT, "%-70s %,12.1f us%n", what, nanos / 1e3);
  }
}
