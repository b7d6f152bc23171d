package io.telemetryinject.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a second process does with a cache; the tests start it with {@link #start}. */
final class CacheProcess {
  private CacheProcess() {}

  /** Starts this class in a JVM of its own; its output goes to a file. */
  static Process start(Path output, List<String> prefix, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(CacheProcess.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    Path cache = Path.of(arguments[1]);
    SigningKeys keys = SigningKeys.openOrCreate(Path.of(arguments[2]));
    switch (arguments[0]) {
      case "race" -> race(cache, keys, Integer.parseInt(arguments[3]), arguments[4]);
      case "fill" -> fill(cache, keys);
      case "once" -> once(cache, keys);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static StoredScriptCache open(Path cache, SigningKeys keys) {
    return StoredScriptCache.writing(
        new FileObjectStore(cache),
        keys.verifier(),
        keys.signer(),
        (entry, reason) -> say("QUARANTINED " + entry + " " + reason));
  }

  /** Creates the same entries as another process at the same time, and says who won. */
  private static void race(Path cache, SigningKeys keys, int entries, String text)
      throws IOException {
    Path gate = cache.resolveSibling("gate");
    say("READY");
    while (!Files.exists(gate)) {
      Thread.onSpinWait();
    }
    try (StoredScriptCache scripts = open(cache, keys)) {
      for (int i = 0; i < entries; i++) {
        CachedScript standing =
            scripts.create(CacheFixture.script(CacheFixture.key("race-" + i), text), 1);
        scripts.recordUse(standing.key(), 1, 1, 1, Duration.ofMillis(2).toNanos());
        say(i + " " + standing.version() + " " + standing.script().strip());
      }
    }
  }

  /** Creates entries until it is killed. */
  private static void fill(Path cache, SigningKeys keys) throws IOException {
    StoredScriptCache scripts = open(cache, keys);
    for (int i = 0; ; i++) {
      scripts.create(CacheFixture.script(CacheFixture.key("fill-" + i), "x".repeat(100_000)), 1);
    }
  }

  /** Looks up, reads and creates one entry, and says how each went. */
  private static void once(Path cache, SigningKeys keys) {
    StoredScriptCache scripts = open(cache, keys);
    var key = CacheFixture.key("one");
    attempt("latestVersion", () -> scripts.latestVersion(key));
    attempt("read", () -> scripts.read(key, 1).map(CachedScript::version));
    attempt(
        "create",
        () ->
            scripts
                .create(CacheFixture.script(CacheFixture.key("two"), "x".repeat(100_000)), 1)
                .version());
    scripts.recordUse(key, 1, 1, 1, 1);
    scripts.close();
  }

  private interface Call {
    Object run() throws IOException;
  }

  private static void attempt(String name, Call call) {
    try {
      say(name + " -> " + call.run());
    } catch (CacheException e) {
      say(name + " -> " + e.error() + " " + e.getMessage().replace('\n', '|'));
    } catch (IOException e) {
      say(name + " -> UNTYPED " + e);
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
