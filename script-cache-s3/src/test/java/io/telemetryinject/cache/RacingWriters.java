package io.telemetryinject.cache;

import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.cache.s3.S3Location;
import io.telemetryinject.cache.s3.S3ObjectStore;
import io.telemetryinject.cache.s3.S3Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writers of the same entries in a process of their own; each says what stands after its try. */
final class RacingWriters {
  private static final int WRITERS = 4;

  /** Rounds begin together in all processes: who is behind would only ever see what stands. */
  private static final Duration TICK = Duration.ofMillis(200);

  private RacingWriters() {}

  /**
   * Starts them; they begin when the gate appears.
   *
   * @param gate a path, beside which what they say is written
   */
  static Process start(String name, S3Settings settings, Path keyFile, Path gate, int rounds)
      throws Exception {
    ProcessBuilder process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RacingWriters.class.getName(),
                name,
                settings.location().toString(),
                String.valueOf(settings.endpoint()),
                keyFile.toString(),
                gate.toString(),
                Integer.toString(rounds))
            .redirectErrorStream(true)
            .redirectOutput(gate.resolveSibling(name + ".out").toFile());
    S3Settings.Credentials credentials = settings.credentials();
    if (credentials != null) {
      process
          .environment()
          .putAll(
              Map.of(
                  "AWS_ACCESS_KEY_ID", credentials.accessKey(),
                  "AWS_SECRET_ACCESS_KEY", credentials.secretKey()));
    }
    return process.start();
  }

  /** Name, place, endpoint, key file, gate, rounds. */
  public static void main(String[] arguments) throws Exception {
    S3Settings settings =
        S3Settings.of(S3Location.parse(arguments[1]), URI.create(arguments[2]), null);
    SigningKeys keys = SigningKeys.openOrCreate(Path.of(arguments[3]));
    Path gate = Path.of(arguments[4]);
    int rounds = Integer.parseInt(arguments[5]);
    try (S3ObjectStore store = S3ObjectStore.open(settings, OutageListener.logging())) {
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String text = arguments[0] + "-" + i;
        StoredScriptCache cache =
            StoredScriptCache.writing(
                store,
                keys.verifier(),
                keys.signer(),
                (entry, reason) -> System.out.println("QUARANTINED " + entry + " " + reason));
        Thread writer = new Thread(() -> race(cache, text, gate, rounds));
        writer.start();
        writers.add(writer);
      }
      System.out.println("READY");
      for (Thread writer : writers) {
        writer.join();
      }
    }
  }

  private static void race(StoredScriptCache cache, String text, Path gate, int rounds) {
    try {
      while (!Files.exists(gate)) {
        Thread.sleep(1);
      }
      Instant start = Files.getLastModifiedTime(gate).toInstant();
      for (int round = 0; round < rounds; round++) {
        Duration early = Duration.between(Instant.now(), start.plus(TICK.multipliedBy(round + 1L)));
        if (!early.isNegative()) {
          Thread.sleep(early.toMillis());
        }
        CachedScript standing =
            cache.create(CacheFixture.script(CacheFixture.key("round-" + round), text), 1);
        System.out.println(round + " " + standing.version() + " " + standing.script().strip());
      }
    } catch (Exception e) {
      System.out.println("FAILED " + e);
    }
  }
}
