package io.telemetryinject.language.python;

import java.util.LinkedHashMap;
import java.util.Map;

/** Functions that are easy to get wrong, by what is odd about them. */
final class OddFunctions {
  private static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    CornerCases.read()
        .forEach(
            (name, text) -> {
              ALL.put("corner case " + name, inScope(text) + "\n");
            });
    ALL.put("decorator first stmt", "def f(a):\n    @deco\n    def g(): return a\n    return g\n");
    ALL.put("docstring only", "def f():\n    \"\"\"d\"\"\"\n");
    ALL.put("docstring oneline", "def f(): \"doc\"\n");
    ALL.put("oneline return", "def f(x): return x+1\n");
    ALL.put("oneline semis", "def f(x): y = x; return y;\n");
    ALL.put("tabs", "def f(x):\n\tif x:\n\t\treturn 1\n");
    ALL.put("crlf", "def f(x):\r\n    if x:\r\n        return 1\r\n    y = 2\r\n");
    ALL.put("no eof newline", "def f(x):\n    y = x");
    ALL.put("trailing comment", "def f(x):\n    y = x  # c");
    ALL.put("return[", "def f(x):\n    return[x]\n");
    ALL.put("return string", "def f(x):\n    return'a' 'b'\n");
    ALL.put("return(", "def f(x):\n    return(x)\n");
    ALL.put("return tuple", "def f(x):\n    return x, 1\n");
    ALL.put("return starred", "def f(x):\n    return *x, 1\n");
    ALL.put("return trailing comma", "def f(x):\n    return x,\n");
    ALL.put("return multi-line", "def f(x):\n    return (\n        x  # c\n        + 1\n    )\n");
    ALL.put("return backslash", "def f(x):\n    return \\\n        x\n");
    ALL.put("return yield", "def f(x):\n    return (yield x)\n");
    ALL.put("return yield bare", "def f(x):\n    return not(x)\n");
    ALL.put("generator bare return", "def f(x):\n    if x: return\n    yield 1\n");
    ALL.put("async gen bare return", "async def f(x):\n    if x: return\n    yield 1\n");
    ALL.put("async await", "async def f(x):\n    return await x\n");
    ALL.put(
        "__init__",
        "class A:\n    def __init__(self):\n        if 1: return\n        self.x = 1\n");
    ALL.put(
        "finally return",
        "def f(x):\n    try:\n        return 1\n    finally:\n        return 2\n");
    ALL.put("raise end", "def f(x):\n    raise ValueError\n");
    ALL.put("while true", "def f(x):\n    while True:\n        x()\n");
    ALL.put("walrus", "def f(x):\n    return (y := x)\n");
    ALL.put("walrus if", "def f(x):\n    if (n := len(x)) > 1: return n\n");
    ALL.put(
        "match",
        "def f(x):\n    match x:\n        case 1: return 1\n        case [a, *_]:\n            return a\n");
    ALL.put(
        "triple string body", "def f(x):\n    s = \"\"\"a\nreturn 1\n  b\"\"\"\n    return s\n");
    ALL.put("fstring multi", "def f(x):\n    return f'''{x}\n  {x!r}'''\n");
    ALL.put("lambda return", "def f(x):\n    return lambda y: (y, x)\n");
    ALL.put("genexp", "def f(x):\n    return (i for i in x)\n");
    ALL.put("global", "def f(x):\n    global Z\n    Z = x\n");
    ALL.put(
        "nonlocal",
        "def o():\n    q = 1\n    def f(x):\n        nonlocal q\n        q = x\n    return f\n");
    ALL.put("unicode", "def f(\u00e9):\n    s = '\u65e5\u672c'; return s + '\u00fc', \u00e9\n");
    ALL.put("formfeed", "def g():\n    pass\n\f\ndef f(x):\n    y = 'a\fb'\n    return y\n");
    ALL.put("u2028 in string", "def f(x):\n    y = 'a\u2028b'\n    return y\n");
    ALL.put("property", "class A:\n    @property\n    def f(self): return self._x\n");
    ALL.put("super", "class A:\n    def f(self):\n        return super().f()\n");
    ALL.put("mangled", "class A:\n    def f(self, __x):\n        return __x\n");
    ALL.put(
        "conditional def",
        "if 1:\n    def f(x):\n        return 1\nelse:\n    def f(x):\n        return 2\n");
    ALL.put("del arg", "def f(x):\n    del x\n");
    ALL.put("comment first", "def f(x):\n    # c\n    return x\n");
    ALL.put("doc then semicolon", "def f(x):\n    \"doc\"; y = x; return y\n");
    ALL.put(
        "nested class", "def f(x):\n    class C:\n        def m(self): return x\n    return C\n");
    ALL.put("ret in with", "def f(x):\n    with x as y:\n        return y\n");
    ALL.put("locals", "def f(x):\n    return '%(x)s' % locals()\n");
    ALL.put("stub", "def f(x): ...\n");
    ALL.put("py2", "def f(x):\n    print x\n");
    ALL.put("mixed indent continuation", "def f(x):\n    y = [1,\n2,\n      3]\n    return y\n");
    ALL.put("posonly kw", "def f(a, /, b, *c, d=1, **e):\n    return a\n");
    ALL.put("backslash string", "def f(x):\n    s = 'a\\\nb'\n    return s\n");
    ALL.put("type comment", "def f(x):  # type: (int) -> int\n    # type: ignore\n    return x\n");
    ALL.put("20 nested", nestedLoops(20));
  }

  private OddFunctions() {}

  /** With those that scripts are validated on. */
  static Map<String, String> all() {
    return ALL;
  }

  /** Methods come with their blanks, and need a class to be a file's text. */
  private static String inScope(String text) {
    return text.startsWith(" ") || text.startsWith("\t") ? "class Odd:\n" + text : text;
  }

  private static String nestedLoops(int depth) {
    StringBuilder text = new StringBuilder("def f(x):\n");
    for (int i = 0; i < depth; i++) {
      text.append("    ".repeat(i + 1)).append("for a").append(i).append(" in x:\n");
    }
    return text.append("    ".repeat(depth + 1)).append("pass\n").toString();
  }
}
