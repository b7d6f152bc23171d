package io.telemetryinject.generator.author;

import io.telemetryinject.cache.ScriptClaims;
import io.telemetryinject.generator.author.CodeReply.None;
import io.telemetryinject.generator.author.GenerationOrder.Unfit;
import io.telemetryinject.llm.Purpose;
import io.telemetryinject.llm.Usage;
import io.telemetryinject.model.Authoring;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.sandbox.ValidationReport;
import io.telemetryinject.sandbox.ValidationReport.Step;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One order in a model's hands: tests, script, and as many rounds of healing as are allowed. */
final class Writing {
  static final int TEST_ROUNDS = 2;

  private final GenerationOrder order;
  private final String author;
  private final Conversation conversation;
  private final PromptBook book;
  private final Instruments instruments;
  private int healed;
  private @Nullable None silence;

  Writing(
      GenerationOrder order,
      String author,
      Conversation conversation,
      PromptBook book,
      Instruments instruments) {
    this.order = order;
    this.author = author;
    this.conversation = conversation;
    this.book = book;
    this.instruments = instruments;
  }

  Manuscript run() throws IOException, InterruptedException {
    String tests = tests();
    if (tests == null) {
      return abandoned();
    }
    Unfit unfit = order.unfit();
    if (unfit != null && unfit.script() != null) {
      return mend(tests, unfit.script(), unfit);
    }
    String script = script(tests);
    return script == null ? abandoned() : judge(draft(tests, script), null);
  }

  private @Nullable String script(String tests) throws InterruptedException {
    Optional<String> kept = instruments.attempts().unjudgedScript(order);
    if (kept.isPresent()) {
      return kept.get();
    }
    String script = ask(Purpose.SCRIPT, book.script(order, tests));
    if (script != null) {
      instruments.attempts().unjudgedScript(order, script);
    }
    return script;
  }

  /** Shows what is wrong with a script as our own samples tell it: a record may quote anything. */
  private Manuscript mend(String tests, String script, Unfit unfit) throws InterruptedException {
    if (instruments.healRounds() == 0) {
      return new Manuscript.Abandoned(author + " may not heal a script", true, effort());
    }
    String complaint = instruments.trial().complaint(order, script).orElseGet(unfit::kind);
    Draft failing = draft(tests, instruments.shown(order, script));
    return heal(failing, new Step("verifier", false, complaint));
  }

  /** Validates a draft and mends it for as long as that is allowed. */
  private Manuscript judge(Draft draft, @Nullable Step cause) throws InterruptedException {
    ValidationReport report = instruments.trial().judge(order, draft);
    instruments.attempts().script(order, healed, draft, report);
    if (report.passed()) {
      if (cause != null) {
        instruments.attempts().lessonCandidate(order, LessonCandidate.of(order, author, cause));
      }
      return new Manuscript.Sound(draft, report, effort());
    }
    return healed >= instruments.healRounds()
        ? new Manuscript.Abandoned(DraftTrial.verdict(draft, report), true, effort())
        : heal(draft, DraftTrial.failedStep(report));
  }

  private Manuscript heal(Draft draft, Step failed) throws InterruptedException {
    healed++;
    boolean testsAreWeak = failed.name().equals("mutants");
    String mended =
        testsAreWeak
            ? ask(Purpose.TESTS, book.testsAgain(order, draft.tests(), failed.detail()))
            : ask(Purpose.HEAL, book.heal(order, draft, failed));
    if (mended == null) {
      return abandoned();
    }
    Draft next = testsAreWeak ? draft(mended, draft.script()) : draft(draft.tests(), mended);
    return judge(next, failed);
  }

  /** Tests that are worth something, or null when there is nobody to write any. */
  private @Nullable String tests() throws IOException, InterruptedException {
    if (order.unfit() != null && !order.hasIntent()) {
      return instruments.templateTests(order);
    }
    ScriptKey subject = instruments.subjectOfTests(order);
    String kept = keptTests(subject);
    if (kept != null) {
      return kept;
    }
    try (ScriptClaims.Claim claim = instruments.attempts().claimTests(subject)) {
      String meanwhile = keptTests(subject);
      return meanwhile == null ? newTests(subject) : meanwhile;
    }
  }

  private @Nullable String keptTests(ScriptKey subject) {
    String kept = instruments.attempts().tests(subject).orElse(null);
    return kept != null && weigh(kept).passed() ? kept : null;
  }

  private @Nullable String newTests(ScriptKey subject) throws InterruptedException {
    String tests = ask(Purpose.TESTS, book.tests(order));
    for (int round = 0; tests != null; round++) {
      instruments.attempts().unjudgedTests(subject, tests);
      ValidationReport report = weigh(tests);
      instruments.attempts().tests(subject, author, tests, report);
      if (report.passed()) {
        return tests;
      }
      if (round == TEST_ROUNDS) {
        break;
      }
      String failure = DraftTrial.failedStep(report).detail();
      tests = ask(Purpose.TESTS, book.testsAgain(order, tests, failure));
    }
    boolean unanswered = silence != null && !silence.conclusive();
    return unanswered || order.hasIntent() ? null : instruments.templateTests(order);
  }

  /** Where words ask for more than the forms, no script is known to be right beforehand. */
  private ValidationReport weigh(String tests) {
    return order.hasIntent()
        ? new ValidationReport(List.of(new Step("tests", true, "")), 0, 0, Double.NaN, 0)
        : instruments.trial().weigh(tests, instruments.rightScript(order));
  }

  private @Nullable String ask(Purpose purpose, String task) throws InterruptedException {
    return conversation
        .code(purpose, task)
        .<@Nullable String>fold(
            CodeReply.Code::text,
            none -> {
              silence = none;
              return null;
            });
  }

  private Draft draft(String tests, String script) {
    return new Draft(tests, script, author, instruments.lessons());
  }

  private Manuscript abandoned() {
    None last = silence;
    return last == null
        ? new Manuscript.Abandoned(author + " wrote no tests that can be used", true, effort())
        : new Manuscript.Abandoned(last.detail(), last.conclusive(), effort());
  }

  private Effort effort() {
    Usage usage = conversation.usage();
    return new Effort(
        0,
        0,
        0,
        usage.calls(),
        usage.inputTokens() + usage.outputTokens(),
        usage.microDollars(),
        new Authoring(0, healed, conversation.overBudget() ? 1 : 0));
  }
}
