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
    return ScriptKeys.keyOf(function, kind, LESSONS);
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
    assertThat(ScriptKeys.keyOf(captures, KeyKind.SHAPE, "2".repeat(64)))
        .isNotEqualTo(key(captures, KeyKind.SHAPE));
  }

  @Test
  void makesAFileNameOfAnyFunctionName() {
    FunctionMetadata function =
        function("größe".repeat(40), "g", ExceptionPolicy.CAPTURE, "function");

    assertThat(key(function, KeyKind.SIGNATURE).baseName()).matches("gr__e[gr_e]{55}_[0-9a-f]{12}");
  }
}
