package io.telemetryinject.language.python;

import static io.telemetryinject.language.python.RenderedScripts.NOW;
import static io.telemetryinject.language.python.RenderedScripts.example;
import static io.telemetryinject.language.python.RenderedScripts.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.KeyKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonTemplatesTest {
  private final PythonTemplates templates = new PythonTemplates();

  @Test
  void namesShapeKeyGeneratorTimeAndLessonsInTheHeader() {
    assertThat(shape("method", "docstring", "returns-value").split("\"\"\"")[1])
        .contains("Shape:      method, docstring, returns-value\n")
        .contains("Key:        0123456789abcdef")
        .contains("Generator:  template\n")
        .contains("Time:       2026-11-22T08:30:00Z\n")
        .contains("python/indentation.md")
        .contains("python/strings-over-lines.md");
  }

  @Test
  void namesTheFunctionInTheHeaderOfASignaturesScript() {
    assertThat(templates.script(key(KeyKind.SIGNATURE), example(List.of("function")), NOW))
        .contains("Function:   price(article, amount)\n");
  }

  @Test
  void leavesOutWhatTheShapeRulesOut() {
    assertThat(shape("function", "returns-none"))
        .doesNotContain("tokenize", "own_returns", "falls_through", "has_docstring");
    assertThat(shape("function", "returns-value", "strings")).contains("tokenize", "own_returns");
    assertThat(shape("function", "returns-none", "strings", "no-capture"))
        .doesNotContain("tokenize", "except BaseException");
  }

  @Test
  void keepsEverythingInASignaturesScript() {
    assertThat(templates.script(key(KeyKind.SIGNATURE), example(List.of("function")), NOW))
        .contains("tokenize", "own_returns", "falls_through", "has_docstring");
  }

  @Test
  void leavesNoDirectiveAndNoPlaceholderBehind() {
    for (List<String> traits : RenderedScripts.traits()) {
      String[] shape = traits.toArray(String[]::new);
      assertThat(shape(shape)).doesNotContain("#:", "${");
      assertThat(templates.tests(key(KeyKind.SHAPE), example(traits), NOW))
          .doesNotContain("#:", "${");
    }
  }

  @Test
  void answersAlikeEveryTime() {
    List<String> traits = List.of("generator", "returns-bare", "tabs");
    PythonTemplates others = new PythonTemplates();
    assertThat(others.script(key(KeyKind.SHAPE), example(traits), NOW))
        .isEqualTo(templates.script(key(KeyKind.SHAPE), example(traits), NOW));
    assertThat(others.tests(key(KeyKind.SHAPE), example(traits), NOW))
        .isEqualTo(templates.tests(key(KeyKind.SHAPE), example(traits), NOW));
  }

  @Test
  void keepsSourceTextOutOfScriptsAndTests() {
    String code = example(List.of("function")).task().code();
    assertThat(shape("function")).doesNotContain(code);
    assertThat(templates.tests(key(KeyKind.SIGNATURE), example(List.of("function")), NOW))
        .doesNotContain(code);
  }

  @Test
  void offersCornerCasesWithTheirControlCharacters() {
    assertThat(templates.cornerCases())
        .hasSizeGreaterThan(100)
        .doesNotHaveDuplicates()
        .contains("def f(x):\n\tif x:\n\t\treturn 1")
        .contains("def f(x):\r\n    if x:\r\n        return 1\r\n    y = 2")
        .noneMatch(source -> source.isBlank() || source.contains("match x:"));
  }

  private String shape(String... traits) {
    return templates.script(key(KeyKind.SHAPE), example(List.of(traits)), NOW);
  }
}
