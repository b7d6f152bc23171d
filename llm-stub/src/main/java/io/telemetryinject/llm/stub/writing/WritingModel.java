package io.telemetryinject.llm.stub.writing;

import io.telemetryinject.llm.stub.Script;
import io.telemetryinject.llm.stub.StubAnswer;
import io.telemetryinject.llm.stub.StubRequest;
import io.telemetryinject.llm.stub.writing.Question.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model that writes tests and scripts; optionally wrong at first, and right only when the prompt
 * holds the actual failure. What it writes is test data.
 */
public final class WritingModel implements Script {
  private final Reach reach;
  private final boolean faulty;
  private final Set<List<String>> shapes = ConcurrentHashMap.newKeySet();

  /** What a script serves. */
  private enum Reach {
    EVERYTHING,
    OWN_SHAPE,
    OWN_KEY
  }

  private WritingModel(Reach reach, boolean faulty) {
    this.reach = reach;
    this.faulty = faulty;
  }

  /** Every script it writes serves all shapes. */
  public static WritingModel general() {
    return new WritingModel(Reach.EVERYTHING, false);
  }

  /** Every script it writes serves its own shape alone. */
  public static WritingModel ofOwnShape() {
    return new WritingModel(Reach.OWN_SHAPE, false);
  }

  /** Every script it writes serves the functions of {@link KeyedRequests} of its own key alone. */
  public static WritingModel ofOwnKey() {
    return new WritingModel(Reach.OWN_KEY, false);
  }

  /** The same, but its first answer on each shape is wrong in one of fourteen ways. */
  public WritingModel wrongAtFirst() {
    return new WritingModel(reach, true);
  }

  /** Shapes that it was asked about, without the words that a function's text does not show. */
  public Set<List<String>> shapes() {
    return Set.copyOf(shapes);
  }

  /** How often each way to be wrong comes up among these shapes. */
  public static Map<String, Long> faults(Set<List<String>> shapes) {
    Map<String, Long> counts = new TreeMap<>();
    shapes.forEach(traits -> counts.merge(Fault.of(traits).name(), 1L, Long::sum));
    return counts;
  }

  @Override
  public StubAnswer answer(StubRequest request) {
    Question question = Question.of(request);
    if (question.kind() == Kind.DIRECT) {
      return StubAnswer.text(Fault.fenced(DirectAnswers.instrumented(question.text())));
    }
    shapes.add(Works.visible(question.traits()));
    boolean tests = question.kind() == Kind.TESTS || question.kind() == Kind.TESTS_AGAIN;
    String right = tests ? Works.tests(question.traits()) : script(question);
    Fault fault = Fault.of(question.traits());
    boolean itsTurn = faulty && (fault.where() == Kind.TESTS) == tests;
    return itsTurn && !fault.isToldBy(question.text())
        ? fault.answer(right)
        : StubAnswer.text(Fault.fenced(right));
  }

  private String script(Question question) {
    return switch (reach) {
      case EVERYTHING -> Works.generalScript();
      case OWN_SHAPE -> Works.scriptForOnly(question.traits());
      case OWN_KEY -> KeyedRequests.scriptForOnly(question.text());
    };
  }
}
