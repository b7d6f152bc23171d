package io.telemetryinject.language.python;

import static io.telemetryinject.model.ExceptionPolicy.CAPTURE;
import static io.telemetryinject.model.ExceptionPolicy.IGNORE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.language.FunctionBody;
import io.telemetryinject.language.ReturnStatement;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.RejectReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the scanner gets wrong, the tokens refute: insertions fit the anchors in every case here.
 */
class TokenProofTest {
  private static final String CODE =
      """
      def f(x):
          'doc'
          def g(): return x
          s = '''
      text'''
          if x: return;
          return s, g(); x()
      """;

  private static final TestSource SOURCE = TestSource.of(CODE);
  private static final FunctionBody BODY = SOURCE.function(0).body();
  private static final ReturnStatement BARE = BODY.returns().get(0);
  private static final ReturnStatement VALUED = BODY.returns().get(1);

  @Test
  void acceptsTheTrueAnchors() {
    assertThat(verdict(BODY, CAPTURE)).isNull();
    assertThat(verdict(BODY, IGNORE)).isNull();
  }

  @Test
  void refutesReturnsInTheWrongPlace() {
    ReturnStatement nested = new ReturnStatement(at("return x"), at("return x") + 8, false);
    ReturnStatement longer = new ReturnStatement(VALUED.keyword(), VALUED.end() + 1, false);
    ReturnStatement shorter = new ReturnStatement(VALUED.keyword(), VALUED.end() - 2, false);
    ReturnStatement comma = new ReturnStatement(VALUED.keyword(), VALUED.end() - 5, false);
    for (ExceptionPolicy policy : ExceptionPolicy.values()) {
      assertThat(verdict(returns(BARE), policy)).isEqualTo(RejectReason.COVERAGE);
      assertThat(verdict(returns(VALUED), policy)).isEqualTo(RejectReason.COVERAGE);
      assertThat(verdict(returns(nested, BARE, VALUED), policy)).isNotNull();
      assertThat(verdict(returns(BARE, BARE, VALUED), policy)).isNotNull();
      assertThat(verdict(returns(BARE, VALUED, VALUED), policy)).isNotNull();
      assertThat(verdict(returns(BARE, longer), policy)).isNotNull();
      assertThat(verdict(returns(BARE, shorter), policy)).isNotNull();
      assertThat(verdict(returns(BARE, comma), policy)).isNotNull();
    }
  }

  @Test
  void refutesAnEntryBeforeTheDocstringOrInsideTheBody() {
    for (String statement : List.of("'doc'", "s = ", "if x", "return s")) {
      FunctionBody body =
          body(at(statement), CODE.lastIndexOf('\n', at(statement)) + 1, BODY.tail(), lines());
      assertThat(verdict(body, IGNORE)).isNotNull();
    }
  }

  @Test
  void refutesLinesMovedInsideAStringOrNotAtAll() {
    List<Integer> inString = new ArrayList<>(lines());
    inString.add(2, at("text"));
    assertThat(
            verdict(body(BODY.firstStatement(), BODY.firstLine(), BODY.tail(), inString), CAPTURE))
        .isEqualTo(RejectReason.PRESERVATION);
    for (int i = 0; i < lines().size(); i++) {
      List<Integer> still = new ArrayList<>(lines());
      still.remove(i);
      assertThat(
              verdict(body(BODY.firstStatement(), BODY.firstLine(), BODY.tail(), still), CAPTURE))
          .isEqualTo(RejectReason.PRESERVATION);
    }
  }

  @Test
  void refutesATailBeforeTheEnd() {
    for (String before : List.of("\n    s =", "\ntext", "\n    if x", "\n    return s")) {
      FunctionBody body = body(BODY.firstStatement(), BODY.firstLine(), at(before), lines());
      assertThat(verdict(body, CAPTURE)).isNotNull();
    }
  }

  private static RejectReason verdict(FunctionBody body, ExceptionPolicy policy) {
    ScannedFunction function = AnchorMutant.with(SOURCE.function(0), body);
    List<Insertion> insertions = ReferenceInserter.insertions(function, SOURCE.code(0), policy);
    return new PythonVerifier()
        .verify(function, SOURCE.code(0), Telemetry.of(policy), insertions)
        .reason();
  }

  private static FunctionBody returns(ReturnStatement... returns) {
    return body(BODY.firstStatement(), BODY.firstLine(), BODY.tail(), lines(), List.of(returns));
  }

  private static FunctionBody body(int first, int line, int tail, List<Integer> lines) {
    return body(first, line, tail, lines, BODY.returns());
  }

  private static FunctionBody body(
      int first, int line, int tail, List<Integer> lines, List<ReturnStatement> returns) {
    return new FunctionBody(
        BODY.start(),
        BODY.inline(),
        BODY.docstring(),
        first,
        BODY.ownLine(),
        line,
        BODY.indent(),
        BODY.unit(),
        BODY.end(),
        tail,
        BODY.fallsThrough(),
        returns,
        lines,
        BODY.spansStrings(),
        BODY.capturable());
  }

  private static List<Integer> lines() {
    return BODY.lines();
  }

  private static int at(String piece) {
    int at = CODE.indexOf(piece);
    return CODE.substring(0, at).getBytes(UTF_8).length;
  }
}
