package io.telemetryinject.language.python;

import static io.telemetryinject.language.python.Scans.at;
import static io.telemetryinject.language.python.Scans.function;
import static io.telemetryinject.language.python.Scans.scan;
import static io.telemetryinject.language.python.Scans.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.telemetryinject.language.FunctionBody;
import io.telemetryinject.language.FunctionKind;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.RejectReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonScannerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = 1 \\\n",
        "x = 1 \\\r",
        "x = 1\n\\\n",
        "\\\n",
        "x = 1 \\\n\\\n",
        "def f(): return 1; \\\n",
        "def f():\n  x\n  \\\n"
      })
  void refusesATextThatEndsBehindABackslashAsCPythonDoes(String source) {
    assertThat(
            catchThrowableOfType(
                    SourceRejectedException.class,
                    () -> TestSource.SCANNER.scan(Scans.utf8(source)))
                .reason())
        .isEqualTo(RejectReason.PARSE);
    assertThat(Scans.scan(source + "\n")).isNotNull();
    assertThat(Scans.scan(source + " ")).isNotNull();
  }

  @Test
  void anchorsABlockBody() {
    String source =
        """
        import x

        class A:
            @x.y(1)  # why
            def f(self, a):
                '''Doc
                string.'''

                # first
                if a:
                    return a  # c

                x(
                    a)   # last
            # behind
        """;
    ScannedFunction f = function(source);
    assertThat(slice(source, f.start(), f.end())).startsWith("    @x.y").endsWith("a)   # last");
    assertThat(f.line()).isEqualTo(5);
    assertThat(f.decorators()).containsExactly("x.y(1)");
    FunctionBody body = f.body();
    assertThat(at(source, body.start())).isEqualTo("'''Doc");
    assertThat(slice(source, body.docstring().start(), body.docstring().end()))
        .isEqualTo("'''Doc\n        string.'''");
    assertThat(at(source, body.firstStatement())).isEqualTo("if a:");
    assertThat(body.ownLine()).isTrue();
    assertThat(at(source, body.firstLine())).isEqualTo("        if a:");
    assertThat(body.indent()).isEqualTo("        ");
    assertThat(body.unit()).isEqualTo("    ");
    assertThat(at(source, body.end())).isEqualTo("   # last");
    assertThat(body.tail()).isEqualTo(f.end());
    assertThat(body.fallsThrough()).isTrue();
    assertThat(body.lines().stream().map(l -> at(source, l).strip()))
        .containsExactly("if a:", "return a  # c", "x(", "a)   # last");
    assertThat(body.spansStrings()).isFalse();
    assertThat(body.capturable()).isTrue();
  }

  @Test
  void leavesLinesInsideStringsWhereTheyAre() {
    String source = "def f():\n  x = '''a\n  b'''\n  return x\n";
    FunctionBody body = function(source).body();
    assertThat(body.lines().stream().map(l -> at(source, l)))
        .containsExactly("  x = '''a", "  return x");
    assertThat(body.spansStrings()).isTrue();
  }

  @Test
  void findsOwnReturnsOnly() {
    String source =
        """
        def f(x):
            def g(): return 1
            class C:
                def m(self):
                    return 2
            h = lambda: (yield)
            if x: return
            return (x,
                    1) ; y = 2
        """;
    List<String> returns =
        function(source).body().returns().stream()
            .map(r -> r.bare() + " " + slice(source, r.keyword(), r.end()))
            .toList();
    assertThat(returns).containsExactly("true return", "false return (x,\n            1)");
    assertThat(function(source).kind()).isEqualTo(FunctionKind.PLAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def f(): pass | PLAIN",
        "def f(): yield | GENERATOR",
        "def f(): x = yield from y | GENERATOR",
        "def f(): return [z for z in (yield)] | GENERATOR",
        "def f(): return lambda: (yield) | PLAIN",
        "def f(): return lambda x=(yield): x | GENERATOR",
        "def f(): return lambda: 1, (yield) | GENERATOR",
        "def f(): return {1: lambda: 2, 3: (yield)} | GENERATOR",
        "def f(): return f'{(yield)}' | GENERATOR",
        "def f(): return x.yields | PLAIN",
        "async def f(): await x | COROUTINE",
        "async def f(): yield 1 | ASYNC_GENERATOR",
        "async  def f(): return [y async for y in x] | COROUTINE",
      })
  void tellsHowAFunctionRuns(String source, FunctionKind kind) {
    assertThat(function(source).kind()).isEqualTo(kind);
  }

  @Test
  void countsAYieldInANestedHeaderForTheFunctionAround() {
    String source = "def f():\n  @g((yield))\n  def h(a=(yield), *, b: int = 1): return a\n";
    assertThat(function(source).kind()).isEqualTo(FunctionKind.GENERATOR);
    assertThat(function(source, "f.<locals>.h").kind()).isEqualTo(FunctionKind.PLAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x = 1 | true",
        "return | false",
        "raise X | false",
        "if x: return\\n  else: return | true",
        "while True: x() | false",
        "while 1:\\n    x() | false",
        "while (1): x() | false",
        "while 'a': x() | false",
        "while ...: x() | false",
        "while 0x0: x() | true",
        "while '': x() | true",
        "while 0.0: x() | true",
        "while None: x() | true",
        "while not 0: x() | true",
        "while f'{x}': x() | true",
        "while True:\\n    if x: break | true",
        "while True:\\n    for y in x: break | false",
        "while True:\\n    for y in x: pass\\n    else: break | true",
        "while True:\\n    def g():\\n      while 1: break | false",
        "while True: pass\\n  else: x() | false",
        "while True: pass\\n  x = 1 | true",
        "try: return\\n  finally: x() | true",
        "return; x = 1 | true",
        "x = 1; return | false",
      })
  void tellsWhetherTheEndIsReached(String body, boolean fallsThrough) {
    String source = "def f(x):\n  " + body.replace("\\n", "\n") + "\n";
    assertThat(function(source).body().fallsThrough()).isEqualTo(fallsThrough);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'doc'", "u'doc'", "r'doc'", "'a' 'b'", "('doc')", "(('a'\n  'b'))", "'doc';"})
  void findsTheDocstring(String doc) {
    String source = "def f():\n  " + doc + "\n  return 1\n";
    FunctionBody body = function(source).body();
    assertThat(body.docstring()).isNotNull();
    assertThat(at(source, body.firstStatement())).isEqualTo("return 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"f'doc'", "b'doc'", "'a' f'b'", "'a' + 'b'", "'a', 'b'", "'a'('b')", "'a'.b()"})
  void takesNoOtherStringForADocstring(String statement) {
    FunctionBody body = function("def f():\n  " + statement + "\n  return 1\n").body();
    assertThat(body.docstring()).isNull();
    assertThat(body.firstStatement()).isEqualTo(body.start());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def f(x): return x | return x | 4",
        "def f(x): 'doc'; return x | return x | 4",
        "def f(x): \\\\n    return x | return x | 4",
        "def f(x):\\n  'doc'; return x | return x | 2",
        "def f(x):\\n  \\\\n    return x | return x | 2",
        "def f(x):\\n\\\\n    return x | return x | 4",
      })
  void opensABodyThatSharesItsLine(String escaped, String first, int indent) {
    String source = escaped.replace("\\n", "\n");
    FunctionBody body = function(source).body();
    assertThat(at(source, body.firstStatement())).isEqualTo(first);
    assertThat(body.ownLine()).isFalse();
    assertThat(body.lines()).isEmpty();
    assertThat(body.indent()).isEqualTo(" ".repeat(indent));
  }

  @Test
  void endsABodyBehindItsLastBackslash() {
    String source = "def f(x):\n    x = 1 \\\n\ny = 2\n";
    ScannedFunction f = function(source);
    assertThat(slice(source, f.start(), f.end())).endsWith("x = 1 \\\n");
    assertThat(slice(source, 0, f.body().end())).endsWith("x = 1");
    assertThat(f.body().tail()).isEqualTo(f.end());
  }

  @Test
  void readsParametersAndAnnotations() {
    ScannedFunction f =
        function(
            """
            def f[T: (int, str) = int](a: 'x', /, b: dict[str, int] = {1: lambda p, q=1: p}, *c: int,
                  d=lambda: (1, 2), e : (
                      T) = 3, **ｇ,) -> list[T]: return a
            """);
    assertThat(f.parameters())
        .containsExactly(
            new Parameter("a", "'x'"),
            new Parameter("b", "dict[str, int]"),
            new Parameter("c", "int"),
            new Parameter("d", null),
            new Parameter("e", "(\n          T)"),
            new Parameter("g", null));
    assertThat(f.returnType()).isEqualTo("list[T]");
  }

  @Test
  void namesFunctionsAsTheRuntimeDoes() {
    assertThat(
            scan(
                    """
                    def f():
                        global g, C
                        def g(): pass
                        def h():
                            class D:
                                def m(self): pass
                        class C:
                            global k
                            def k(self): pass
                            def n(self): pass
                        if 1:
                            async def i(): pass
                    """)
                .functions()
                .stream()
                .map(function -> function.qualifiedName() + " " + function.classContext()))
        .containsExactly(
            "f null",
            "g null",
            "f.<locals>.h null",
            "f.<locals>.h.<locals>.D.m f.<locals>.h.<locals>.D",
            "k C",
            "C.n C",
            "f.<locals>.i null");
  }

  @Test
  void knowsWhatEncloses() {
    List<ScannedFunction> functions =
        scan("def a():\n class B:\n  def c(self):\n   def d(): pass\ndef e(): pass").functions();
    assertThat(functions).extracting(ScannedFunction::enclosing).containsExactly(-1, 0, 1, -1);
  }

  @Test
  void tellsSoftKeywordsFromNames() {
    String source =
        """
        def f(match, case, type):
            match = case[1:2]
            match.x, case.y = type(match), 1
            match: int = 3
            match[1:2]
            type X = int
            match (case):
                case [1, *_] if match: return 1
                case {"a": case}:
                    return 2
                case _: return 3
            print(match)
        """;
    FunctionBody body = function(source).body();
    assertThat(body.returns()).hasSize(3);
    assertThat(body.fallsThrough()).isTrue();
  }

  @Test
  void collectsTheModulesImports() {
    assertThat(
            scan("""
                    from __future__ import annotations; import a
                    try:
                        from b import (c,
                            d)
                    except ImportError: import e as f
                    def g(): import h
                    """)
                .imports())
        .containsExactly(
            "from __future__ import annotations",
            "import a",
            "from b import (c,\n        d)",
            "import e as f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "if x:\ny",
        "def f(): pass\n  x",
        "if x",
        "def f:\n  x",
        "def (x): y",
        "class: x",
        "  x",
        "@a\nx = 1",
        "@a\n",
        "def f((a, b)): pass",
        "def f():\n",
        "x;; y",
        "match x:\n  y = 1\n"
      })
  void rejectsWhatHasNoStructure(String source) {
    assertThat(rejection(source)).isEqualTo(RejectReason.PARSE);
  }

  @Test
  void rejectsNamesThatWouldFillTheMemory() {
    String source = "class " + "A".repeat(1500) + ":\n  def " + "f".repeat(1500) + "(): x\n";
    assertThat(rejection(source)).isEqualTo(RejectReason.NESTING);
  }

  @Test
  void readsAFunctionAloneAsInItsFile() throws SourceRejectedException {
    String source = "class A:\n\n    @x\n    def f(self): # c\n        return 1 # d\n    y = 1\n";
    ScannedFunction inFile = function(source);
    ScannedFunction alone =
        Scans.alone(slice(source, inFile.start(), inFile.end()), inFile.qualifiedName());
    assertThat(alone.body()).isEqualTo(inFile.relative().body());
    assertThat(alone.end()).isEqualTo(inFile.relative().end());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x = 1", "def f(): x\ny = 1", "x = 1\ndef f(): x", "", "def f(): x\n  y"})
  void refusesATextThatIsNotOneFunction(String code) {
    assertThat(
            catchThrowableOfType(SourceRejectedException.class, () -> Scans.alone(code, "f"))
                .reason())
        .isEqualTo(RejectReason.PARSE);
  }

  private static RejectReason rejection(String source) {
    return catchThrowableOfType(
            SourceRejectedException.class, () -> new PythonScanner().scan(Scans.utf8(source)))
        .reason();
  }
}
