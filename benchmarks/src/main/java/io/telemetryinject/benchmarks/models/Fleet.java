package io.telemetryinject.benchmarks.models;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ScriptVersion;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.StoredScriptCache;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.WireProtocol;
import io.telemetryinject.llm.stub.writing.KeyedRequests;
import io.telemetryinject.llm.stub.writing.WritingModel;
import io.telemetryinject.model.Language;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Generator processes that share one limit, one of them killed in the middle: calls and refusals by
 * minute, and what the calls add up to.
 */
public final class Fleet {
  private static final Duration LATENCY = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int TIMES_TOO_LONG = 3;

  /**
   * @param killAt from the moment the requests were there
   */
  private record Plan(String python, int keys, int perMinute, int generators, Duration killAt) {}

  private final Bench bench;
  private final Plan plan;

  private Fleet(Bench bench, Plan plan) {
    this.bench = bench;
    this.plan = plan;
  }

  /**
   * @param args python, keys, requests per minute, generators, second of the kill
   */
  public static void main(String[] args) throws Exception {
    Plan plan =
        new Plan(
            args[0],
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Duration.ofSeconds(Long.parseLong(args[4])));
    try (Bench bench = new Bench()) {
      new Fleet(bench, plan).measure();
    }
    System.exit(0);
  }

  private void measure() throws Exception {
    Path home = bench.work();
    SigningKeys keys = SigningKeys.openOrCreate(home.resolve("key").resolve("signing-key"));
    List<GeneratorProcess> generators = new ArrayList<>();
    try (LlmStub stub =
            LlmStub.enforcing(plan.perMinute(), Bench.taking(LATENCY, WritingModel.ofOwnKey()));
        EmbeddedBroker broker = KraftBroker.start(home.resolve("broker"));
        StoredScriptCache cache =
            StoredScriptCache.writing(
                new FileObjectStore(home.resolve("cache")),
                keys.verifier(),
                keys.signer(),
                QuarantineListener.logging())) {
      var fleet =
          new GeneratorProcess.Fleet(
              home,
              plan.python(),
              broker.bootstrapServers(),
              stub.baseUrl(WireProtocol.OPENAI),
              plan.perMinute());
      FleetTopic topic = new FleetTopic(broker.bootstrapServers());
      try {
        for (int i = 1; i <= plan.generators(); i++) {
          generators.add(fleet.start("generator-" + i));
        }
        while (topic.members() < plan.generators()) {
          if (!generators.stream().allMatch(GeneratorProcess::isAlive)) {
            throw new IllegalStateException("a generator ended before it had partitions");
          }
          Thread.sleep(LOOK.toMillis());
        }
        topic.publish(KeyedRequests.of(plan.keys()));
        run(stub, cache, generators);
      } finally {
        for (GeneratorProcess generator : generators) {
          generator.close();
        }
      }
    }
  }

  private void run(LlmStub stub, StoredScriptCache cache, List<GeneratorProcess> generators)
      throws Exception {
    Instant start = Instant.now();
    Instant patience = start.plus(Duration.ofMinutes(TIMES_TOO_LONG * minutesAtTheLimit()));
    boolean killed = false;
    int minute = 0;
    long unfinished = plan.keys();
    bench.line("minute  answered  429  keys still without a script");
    while (unfinished > 0 && Instant.now().isBefore(patience)) {
      Thread.sleep(LOOK.toMillis());
      unfinished = plan.keys() - finished(cache).size();
      Instant now = Instant.now();
      if (!killed && now.isAfter(start.plus(plan.killAt()))) {
        generators.get(0).kill();
        killed = true;
        bench.line("   kill -9 of one generator after %d s", since(start, now).toSeconds());
      }
      if (since(start, now).toMinutes() > minute || unfinished == 0) {
        print(stub, start.plus(Duration.ofMinutes(minute)), ++minute, unfinished);
      }
    }
    summarize(stub, cache, Duration.between(start, Instant.now()));
  }

  private int minutesAtTheLimit() {
    return 1 + 2 * plan.keys() / plan.perMinute();
  }

  private static Duration since(Instant start, Instant now) {
    return Duration.between(start, now);
  }

  private void print(LlmStub stub, Instant from, int minute, long unfinished) {
    Instant to = from.plus(Duration.ofMinutes(1));
    long refused = stub.throttled().stream().filter(at -> isWithin(at, from, to)).count();
    long asked = stub.requests().stream().filter(r -> isWithin(r.arrived(), from, to)).count();
    bench.line("%6d  %8d  %3d  %d", minute, asked - refused, refused, unfinished);
  }

  private static boolean isWithin(Instant at, Instant from, Instant to) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  private static Map<String, Long> finished(StoredScriptCache cache) throws Exception {
    return cache.versions(Language.PYTHON).stream()
        .map(ScriptVersion::key)
        .collect(groupingBy(key -> key.digest(), counting()));
  }

  private void summarize(LlmStub stub, StoredScriptCache cache, Duration took) throws Exception {
    Map<String, Long> scripts = finished(cache);
    int answered = stub.requests().size() - stub.throttled().size();
    Map<String, Long> callsByKey =
        stub.requests().stream()
            .collect(groupingBy(KeyedRequests::keyIn, TreeMap::new, counting()));
    Set<String> more =
        callsByKey.entrySet().stream()
            .filter(e -> e.getValue() > 2)
            .map(e -> e.getKey() + ": " + e.getValue())
            .collect(Collectors.toSet());
    bench.line(
        "%d of %d keys with a script, %d with more than one, in %d s",
        scripts.size(),
        plan.keys(),
        scripts.values().stream().filter(n -> n > 1).count(),
        took.toSeconds());
    bench.line(
        "%d calls answered, %d refused; a script each and one call for their tests make %d;"
            + " a killed generator had at most %d in hand",
        answered, stub.throttled().size(), plan.keys() + 1, GeneratorProcess.THREADS);
    bench.line("keys that cost more than two calls: %s", more);
  }
}
