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
    IMPORTS(3),
    LINT(4),
    TESTS(5);

    private final int operation;

    Aspect(int operation) {
      this.operation = operation;
    }
  }

  /**
   * What the worker says; only the numbers of the aspect in question mean anything.
   *
   * @param findings what is wrong, a line each
   * @param survivors defects that the tests let pass
   */
  record Judgement(
      double score, int passed, int failed, List<String> findings, List<String> survivors) {}

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
    double score = aspect == Aspect.LINT ? answers.getDouble() : Double.NaN;
    int passed = aspect == Aspect.TESTS ? count(answers) : 0;
    int failed = aspect == Aspect.TESTS ? count(answers) : 0;
    List<String> findings = texts(answers);
    List<String> survivors = aspect == Aspect.TESTS ? texts(answers) : List.of();
    return new Judgement(score, passed, failed, findings, survivors);
  }

  @Override
  public Judgement failed(ErrorCode code, String detail) {
    return new Judgement(Double.NaN, 0, 1, List.of("no result: " + detail), List.of());
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
