package io.telemetryinject.generator.author;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.cache.AttemptStore;
import io.telemetryinject.cache.ScriptClaims;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.sandbox.ValidationReport;
import io.telemetryinject.sandbox.ValidationReport.Step;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps and counts what models try, with what came of it. */
public final class AttemptLog {
  private static final String TESTS = "tests.py";
  private static final String DRAFT = "draft";

  private final AttemptStore store;
  private final ScriptClaims claims;
  private final String prefix;
  private final MeterRegistry meters;
  private final JsonMapper mapper = new JsonMapper();

  /**
   * @param claims so that nobody asks for tests that another is asking for
   * @param model 1 for the model that is asked first, 2 for the next: each has files of its own
   */
  public AttemptLog(AttemptStore store, ScriptClaims claims, int model, MeterRegistry meters) {
    this.store = requireNonNull(store, "store is null");
    this.claims = requireNonNull(claims, "claims is null");
    this.prefix = model == 1 ? "" : "model" + model + "-";
    this.meters = requireNonNull(meters, "meters is null");
  }

  private record Result(
      String author, boolean passed, String step, String detail, ValidationReport report) {}

  /** Tests that were paid for before, judged or not, so that nobody pays twice for them. */
  Optional<String> tests(ScriptKey subject) {
    return store.read(subject, 1, TESTS);
  }

  /** Waits until nobody else is having tests about it written. */
  ScriptClaims.Claim claimTests(ScriptKey subject) throws IOException, InterruptedException {
    return claims.takeTests(subject);
  }

  /** Keeps tests that are yet to be judged, lest a generator that dies loses them. */
  void unjudgedTests(ScriptKey subject, String tests) {
    store.put(subject, 1, TESTS, tests);
  }

  /** A first draft that was paid for and never judged. */
  Optional<String> unjudgedScript(GenerationOrder order) {
    boolean judged = store.read(order.key(), order.version(), prefix + DRAFT + ".json").isPresent();
    return judged
        ? Optional.empty()
        : store.read(order.key(), order.version(), prefix + DRAFT + ".py");
  }

  /** Keeps a first draft that is yet to be judged. */
  void unjudgedScript(GenerationOrder order, String script) {
    store.put(order.key(), order.version(), prefix + DRAFT + ".py", script);
  }

  void tests(ScriptKey subject, String author, String tests, ValidationReport report) {
    count("tests", 0, author, report);
    String name = report.passed() ? TESTS : prefix + "weaktests.py";
    store.put(subject, 1, name, tests);
    store.put(subject, 1, name.replace(".py", ".json"), result(author, report));
  }

  /**
   * Keeps a script.
   *
   * @param round 0 for the first draft, then the healing rounds
   */
  void script(GenerationOrder order, int round, Draft draft, ValidationReport report) {
    count("script", round, draft.author(), report);
    String name = prefix + (round == 0 ? DRAFT : "refactor_v" + round);
    store.put(order.key(), order.version(), name + ".py", draft.script());
    store.put(order.key(), order.version(), name + ".json", result(draft.author(), report));
  }

  /** Keeps what a healing taught, for a person to judge and to move to the lessons. */
  void lessonCandidate(GenerationOrder order, String text) {
    store.put(order.key(), order.version(), prefix + "lesson.md", text);
  }

  private String result(String author, ValidationReport report) {
    Step last = DraftTrial.failedStep(report);
    return mapper
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(
                new Result(author, report.passed(), last.name(), last.detail(), report))
        + "\n";
  }

  private void count(String what, int round, String author, ValidationReport report) {
    String outcome = report.passed() ? "passed" : DraftTrial.failedStep(report).name();
    meters
        .counter(
            "telemetry.inject.script.attempts",
            "what",
            what,
            "author",
            author,
            "round",
            Integer.toString(round),
            "outcome",
            outcome)
        .increment();
  }
}
