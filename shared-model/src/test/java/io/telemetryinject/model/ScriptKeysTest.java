package io.telemetryinject.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptKeysTest {
  private static final String LESSONS = "1".repeat(64);

  private static FunctionMetadata function(
      String name, String signature, ExceptionPolicy exceptions, String... traits) {
    return new FunctionMetadata(
        new FunctionTask(0, 1, name, null, "def " + name + "(): return 1"),
        name,
        List.of(),
        null,
        Language.PYTHON,
        exceptions,
        new Shape(Language.PYTHON, List.of(traits)),
        Sha256.of(signature));
  }

  private static ScriptKey key(FunctionMetadata function, KeyKind kind) {
    return ScriptKeys.keyOf(function, policy(kind, ""), LESSONS);
  }

  private static RunPolicy policy(KeyKind kind, String intent) {
    return new RunPolicy(
        ExceptionPolicy.CAPTURE, kind, false, RunPolicy.Method.SCRIPTS, intent, Long.MAX_VALUE);
  }

  @Test
  void givesFunctionsOfOneShapeOneKey() {
    FunctionMetadata one =
        function("one", "one()", ExceptionPolicy.CAPTURE, "function", "returns-value");
    FunctionMetadata two =
        function("two", "two()", ExceptionPolicy.CAPTURE, "function", "returns-value");

    assertThat(key(one, KeyKind.SHAPE)).isEqualTo(key(two, KeyKind.SHAPE));
    assertThat(key(one, KeyKind.SIGNATURE)).isNotEqualTo(key(two, KeyKind.SIGNATURE));
  }

  @Test
  void tellsTraitsApartThatReadTheSameWhenJoined() {
    FunctionMetadata one = function("f", "f", ExceptionPolicy.CAPTURE, "function", "one-line");
    FunctionMetadata two = function("f", "f", ExceptionPolicy.CAPTURE, "function-one", "line");

    assertThat(key(one, KeyKind.SHAPE).digest()).isNotEqualTo(key(two, KeyKind.SHAPE).digest());
  }

  @Test
  void changesWithThePolicyAndTheLessons() {
    FunctionMetadata captures = function("f", "f", ExceptionPolicy.CAPTURE, "function");
    FunctionMetadata ignores = function("f", "f", ExceptionPolicy.IGNORE, "function");

    assertThat(key(captures, KeyKind.SHAPE)).isNotEqualTo(key(ignores, KeyKind.SHAPE));
    assertThat(ScriptKeys.keyOf(captures, policy(KeyKind.SHAPE, ""), "2".repeat(64)))
        .isNotEqualTo(key(captures, KeyKind.SHAPE));
  }

  /** Whoever changes these digests has every script of every cache written anew. */
  @Test
  void staysWhatItWasWithoutAnIntent() {
    FunctionMetadata function =
        function("f", "f()", ExceptionPolicy.CAPTURE, "function", "returns-value");
    assertThat(key(function, KeyKind.SHAPE).shortForm()).isEqualTo("f56c1bb958a0");
    assertThat(key(function, KeyKind.SIGNATURE).shortForm()).isEqualTo("e0e5c193ebeb");
  }

  @Test
  void changesWithTheIntent() {
    FunctionMetadata function =
        function("f", "f()", ExceptionPolicy.CAPTURE, "function", "returns-value");
    for (KeyKind kind : KeyKind.values()) {
      ScriptKey one = ScriptKeys.keyOf(function, policy(kind, "record the order id"), LESSONS);
      ScriptKey other = ScriptKeys.keyOf(function, policy(kind, "record the count"), LESSONS);
      assertThat(one.digest())
          .isNotEqualTo(key(function, kind).digest())
          .isNotEqualTo(other.digest());
      assertThat(ScriptKeys.keyOf(function, policy(kind, " record the count\n"), LESSONS))
          .isEqualTo(other);
    }
  }

  @Test
  void makesAFileNameOfAnyFunctionName() {
    FunctionMetadata function =
        function("größe".repeat(40), "g", ExceptionPolicy.CAPTURE, "function");

    assertThat(key(function, KeyKind.SIGNATURE).baseName()).matches("gr__e[gr_e]{55}_[0-9a-f]{12}");
  }
}
