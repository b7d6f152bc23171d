package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.model.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One script to judge in one respect: the requests of {@code validation_worker.py}. */
final class JudgingJob implements BatchJob<JudgingJob.Judgement> {

  /** In which respect; the numbers are the protocol's. */
  enum Aspect {
    LINT(3),
    TESTS(4);

    private final int operation;

    Aspect(int operation) {
      this.operation = operation;
    }
  }

  /**
   * What the worker says; only the values of the aspect in question mean anything.
   *
   * @param banned imports and calls that scripts do not need, a line each
   * @param score pylint's; NaN when there is none
   * @param findings of pylint, or tests that failed, a line each
   * @param survivors defects that the tests let pass
   */
  record Judgement(
      List<String> banned,
      double score,
      int passed,
      int failed,
      List<String> findings,
      List<String> survivors) {}

  private final Aspect aspect;
  private final List<String> texts;

  JudgingJob(Aspect aspect, String... texts) {
    this.aspect = aspect;
    this.texts = List.of(texts);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int bytes(int piece) {
    return texts.stream().mapToInt(String::length).sum();
  }

  @Override
  public Object origin(int piece) {
    return piece;
  }

  @Override
  public Payload request(List<Integer> pieces, Duration deadline, Worker worker) {
    Payload payload = new Payload().u8(aspect.operation);
    payload.u32(Math.toIntExact(deadline.toMillis()));
    texts.forEach(text -> payload.blob(text.getBytes(UTF_8)));
    return payload;
  }

  @Override
  public Judgement read(ByteBuffer answers) throws DamagedAnswerException {
    if (aspect == Aspect.LINT) {
      List<String> banned = texts(answers);
      double score = answers.getDouble();
      return new Judgement(banned, score, 0, 0, texts(answers), List.of());
    }
    int passed = count(answers);
    int failed = count(answers);
    return new Judgement(List.of(), Double.NaN, passed, failed, texts(answers), texts(answers));
  }

  @Override
  public Judgement failed(ErrorCode code, String detail) {
    List<String> reason = List.of(ValidationReport.NO_RESULT + detail);
    return new Judgement(List.of(), Double.NaN, 0, 1, reason, List.of());
  }

  private static int count(ByteBuffer answers) throws DamagedAnswerException {
    int count = answers.getInt();
    if (count < 0) {
      throw new DamagedAnswerException("a count of " + count);
    }
    return count;
  }

  private static List<String> texts(ByteBuffer answers) throws DamagedAnswerException {
    int count = count(answers);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(AnswerReader.text(answers));
    }
    return List.copyOf(texts);
  }
}
