package io.telemetryinject.cache;

import io.telemetryinject.cache.s3.OutageListener;
import io.telemetryinject.cache.s3.S3Location;
import io.telemetryinject.cache.s3.S3ObjectStore;
import io.telemetryinject.cache.s3.S3Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writers of the same entries in a process of their own, round by round. */
final class RacingWriters implements AutoCloseable {
  static final int WRITERS = 4;

  private final Process process;
  private final PrintStream rounds;
  private final BufferedReader answers;

  private RacingWriters(Process process) {
    this.process = process;
    this.rounds = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static RacingWriters start(String name, S3Settings settings, Path keyFile) throws IOException {
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
            keyFile.toString());
    process.redirectError(ProcessBuilder.Redirect.DISCARD);
    S3Settings.Credentials credentials = settings.credentials();
    if (credentials != null) {
      process
          .environment()
          .putAll(
              Map.of(
                  "AWS_ACCESS_KEY_ID", credentials.accessKey(),
                  "AWS_SECRET_ACCESS_KEY", credentials.secretKey()));
    }
    RacingWriters writers = new RacingWriters(process.start());
    writers.answers.readLine(); // it is ready
    return writers;
  }

  /** Has all writers create the entry of a round. */
  void begin(int round) {
    rounds.println(round);
  }

  /** What stands after the try of each: version, and whose script it is. */
  List<String> standing() throws IOException {
    List<String> standing = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      standing.add(String.valueOf(answers.readLine()));
    }
    return standing;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Name, place, endpoint, key file. */
  public static void main(String[] arguments) throws Exception {
    S3Settings settings =
        S3Settings.of(S3Location.parse(arguments[1]), URI.create(arguments[2]), null);
    SigningKeys keys = SigningKeys.openOrCreate(Path.of(arguments[3]));
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    BufferedReader rounds =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (S3ObjectStore store = S3ObjectStore.open(settings, OutageListener.logging());
        StoredScriptCache cache =
            StoredScriptCache.writing(
                store,
                keys.verifier(),
                keys.signer(),
                (entry, reason) -> System.out.println("QUARANTINED " + entry + " " + reason))) {
      System.out.println("READY");
      for (String round = rounds.readLine(); round != null; round = rounds.readLine()) {
        List<Callable<CachedScript>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          NewScript script =
              CacheFixture.script(CacheFixture.key("round-" + round), arguments[0] + "-" + i);
          writers.add(() -> cache.create(script, 1));
        }
        for (Future<CachedScript> writer : threads.invokeAll(writers)) {
          System.out.println(writer.get().version() + " " + writer.get().script().strip());
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
