package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonDescriptionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def f(): x() | function-one-line-returns-none-falls-through",
        "@a\\ndef f():\\n  'd'\\n  return 1 | function-decorated-docstring-returns-value",
        "def f():\\n\\tif x: return\\n\\traise x | function-tabs-returns-bare",
        "def f():\\n  if x: return\\n  return 1 | function-returns-mixed",
        "def f():\\n  yield 1 | generator-returns-none-falls-through",
        "async def f():\\n  yield 1 | coroutine-returns-none-falls-through",
        "def f():\\n  return '''\\n''' | function-returns-value-strings",
        "def f():\\n\\f  return 1 | function-returns-value-no-capture",
      })
  void namesWhatMattersForInsertion(String source, String slug) {
    assertThat(
            describe(source.replace("\\n", "\n").replace("\\t", "\t").replace("\\f", "\f"))
                .shape()
                .slug())
        .isEqualTo(slug);
  }

  @Test
  void callsAFunctionInAClassAMethod() {
    assertThat(describe("class A:\n  def f(self):\n    return 1\n").shape().traits())
        .isEqualTo(List.of("method", "returns-value"));
  }

  @Test
  void keepsNamesOutOfTheShape() {
    assertThat(describe("def f(a: int):\n  return a").shape())
        .isEqualTo(describe("def g(b, *c) -> str:\n  return b").shape());
  }

  @Test
  void tellsSignaturesApart() {
    List<String> sources =
        List.of(
            "def f(): x",
            "def g(): x",
            "def f(a): x",
            "def f(a, b): x",
            "def f(ab): x",
            "def f(a: b): x",
            "def f(a: ''): x",
            "def f() -> a: x",
            "def f(a) -> b: x");
    assertThat(sources.stream().map(source -> describe(source).signatureHash()).distinct())
        .hasSize(sources.size());
  }

  @Test
  void givesOneSignatureWhateverTheBody() {
    assertThat(describe("def f(a: int = 1) -> b:\n  return 1\n").signatureHash())
        .isEqualTo(describe("@x\ndef f(a : int) -> b: y\n").signatureHash());
  }

  private static FunctionMetadata describe(String source) {
    var function = Scans.function(source);
    FunctionTask task =
        new FunctionTask(function.start(), function.line(), function.qualifiedName(), null, source);
    return PythonDescription.describe(task, function, ExceptionPolicy.CAPTURE);
  }
}
