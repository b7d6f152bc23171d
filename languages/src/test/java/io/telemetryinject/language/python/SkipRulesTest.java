package io.telemetryinject.language.python;

import static io.telemetryinject.language.python.Scans.function;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.model.SkipReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkipRulesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def f(): pass | STUB",
        "def f(): ... | STUB",
        "def f(): 'doc' | STUB",
        "def f():\\n  'doc'\\n  pass; ... | STUB",
        "def f(): return ... |",
        "def f():\\n  pass\\n  'second string' |",
        "@overload\\ndef f(): return 1 | OVERLOAD",
        "@typing.overload\\ndef f(): return 1 | OVERLOAD",
        "@overloaded\\ndef f(): return 1 |",
        "@overload(sum)\\ndef f(): return 1 | COMPILED",
        "@abc.abstractmethod\\ndef f(): return 1 | ABSTRACT",
        "@property\\n@abstractmethod\\ndef f(): return 1 | ABSTRACT",
        "def __del__(self): x() | FINALIZER",
        "@numba.jit(nopython=True)\\ndef f(): return 1 | COMPILED",
        "@njit\\ndef f(): return 1 | COMPILED",
        "@functools.partial(jax.jit, static_argnums=0)\\ndef f(): return 1 | COMPILED",
        "@torch.jit.script\\ndef f(): return 1 | COMPILED",
        "@tf.function(autograph=False)\\ndef f(): return 1 | COMPILED",
        "@np.vectorise\\ndef f(): return 1 |",
        "def f(): # telemetry: off\\n  return 1 | TELEMETRY_OFF",
        "def f(): return 1 # noqa # telemetry:off | TELEMETRY_OFF",
        "def f():\\n  return 1 # telemetry: off |",
        "# telemetry: off\\nimport x\\ndef f(): return 1 | TELEMETRY_OFF",
        "import x\\n# telemetry: off\\ndef f(): return 1 |",
        "# telemetry: official\\ndef f(): return 1 |",
        "_tel = 1\\ndef f(): return 1 | RESERVED_NAME",
        "def g(_tel_x): pass\\ndef f(): return 1 | RESERVED_NAME",
        "x = f'{_tel}'\\ndef f(): return 1 | RESERVED_NAME",
        "x._tel = 1\\ndef f(): return 1 |",
        "_telephone = tel = 1\\ndef f(): return 1 |",
      })
  void leavesAloneByRule(String escaped, SkipReason reason) {
    String source = escaped.replace("\\n", "\n");
    String name = source.contains("__del__") ? "__del__" : "f";
    assertThat(function(source, name).skip()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return locals()",
        "return vars(x)",
        "eval('x')",
        "exec(x)",
        "return dir()",
        "return ｌｏｃａｌｓ()",
        "return [k for k in dir(x)]",
        "return lambda: locals()",
        "class C: a = locals()",
        "return f'{locals()}'",
        "return f'{dir()=}'",
        "return map(eval, x)",
        "def g(a=locals()): pass",
        "return sys._getframe()",
        "frame.f_locals['x'] = 1",
        "import inspect; inspect.currentframe()",
        "from inspect import currentframe",
        "import builtins as b; return b.locals()",
        "return builtins.eval(x)",
        "return __builtins__.eval(x)",
        "return __builtins__['eval'](x)",
        "return getattr(builtins, x)",
        "return builtins.__dict__",
        "return __import__('builtins').locals()",
        "from builtins import locals; return locals()",
        "if x: dir = 1\n  global dir\n  dir()",
        "lambda dir: 1\n  return dir()",
        "class C: dir = 1\n  return dir()",
        "x[dir] = dir()",
      })
  void seesAFrameInAnySpelling(String body) {
    String source = "def f(x):\n  " + body + "\n";
    assertThat(function(source).skip()).isEqualTo(SkipReason.FRAME_ACCESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return x.eval()",
        "return x.locals",
        "return g(dir=1, vars=2)",
        "dir = x; return dir",
        "a, dir = x; return dir",
        "dir: int = 1; return dir",
        "dir += 1",
        "for dir in x: print(dir)",
        "for a, dir in x: print(dir)",
        "with x as dir: print(dir)",
        "import a as vars; return vars",
        "from a import exec; exec()",
        "if (dir := x): return dir",
        "nonlocal dir; return dir",
        "def g(): return locals()\n  return g",
        "def dir(): return 1\n  return dir()",
        "import builtins; return builtins.len(x)",
        "return 'locals()'",
      })
  void leavesNamesAloneThatSeeNoFrame(String body) {
    String source = "def f(x):\n  " + body + "\n";
    assertThat(function(source).skip()).isNull();
  }

  @Test
  void allowsParametersOfThoseNames() {
    assertThat(function("def f(dir, *, vars=None): return dir + vars\n").skip()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from builtins import locals as L", "L = locals", "K = L = builtins.locals",
        "M = locals; L = M", "from sys import _getframe as L", "if x:\n  L = locals\n"
      })
  void followsAliasesOfTheFile(String alias) {
    String reading = alias + "\ndef f(): return L()\n";
    assertThat(function(reading).skip()).isEqualTo(SkipReason.FRAME_ACCESS);
    assertThat(function("def f(): return L()\n" + alias + "\n").skip())
        .as("also where the alias comes later")
        .isEqualTo(SkipReason.FRAME_ACCESS);
    assertThat(function(alias + "\ndef f(L): return L()\n").skip()).isNull();
  }

  @Test
  void followsAliasesOfTheModule() {
    assertThat(function("import builtins as b\ndef f(): return b.locals()\n").skip())
        .isEqualTo(SkipReason.FRAME_ACCESS);
    assertThat(function("import builtins as b\ndef f(): return c.locals()\n").skip()).isNull();
  }

  @Test
  void leavesAloneWhatACompilerTakesAlong() {
    String source = "@njit\ndef f():\n  def g(): return 1\n  return g()\ndef h(): return 2\n";
    assertThat(function(source, "f.<locals>.g").skip()).isEqualTo(SkipReason.COMPILED);
    assertThat(function(source, "h").skip()).isNull();
  }

  @Test
  void doesNotReserveNamesThatTelemetryBrought() {
    String source =
        """
        from _telemetry_utils import tel as _tel
        def f():
            _tel_func = _tel.func_entry('f', '')
            return _tel.func_exit(_tel_func, (1))
        """;
    assertThat(function(source).skip()).isNull();
    assertThat(function(source + "_tel_mine = 1\n").skip()).isEqualTo(SkipReason.RESERVED_NAME);
  }
}
