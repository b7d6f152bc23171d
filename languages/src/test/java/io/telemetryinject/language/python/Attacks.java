package io.telemetryinject.language.python;

import java.util.List;

/** Forged lists, each of which would change what the program does or what it reports. */
final class Attacks {
  static final String OPENER = "_tel.func_exit(_tel_func, (";
  static final String EXIT = "_tel.func_exit(_tel_func, None)";

  private static final String PLAIN =
      """
      SEEN = []
      def deco(function): return function
      @deco
      def f(a, b=(1, 2)):
          '''Adds.'''
          # a note
          text = "a; return a"
          shown = f"<{a}>"
          pair = lambda x: (x, a)
          def inner(c):
              return c + 1
          block = [
              '''one
        two''']
          if a == 0:
              return
          if a == 2: return[a]; SEEN.append(2)
          if a > 2:
              raise ValueError(a)
          return a + inner(1) * 2, text, shown, pair(2), block
      def probe():
          outcomes = [f(0), f(1), f(2), f.__doc__]
          try:
              outcomes.append(f(3))
          except Exception as error:
              outcomes.append(repr(error))
          return outcomes, SEEN
      """;

  private static final String FALLING =
      """
      SEEN = []
      def g():
          return 0
      def f(a):
          SEEN.append(a)
          SEEN.append(g())
      def probe():
          return f(1), SEEN
      """;

  private Attacks() {}

  static List<Attack> all() {
    Attack string = on("telemetry inside a string");
    Attack comment = on("an exit hidden in a comment");
    Attack formatted = on("a wrapper inside a formatted string");
    Attack decorator = on("a wrapper around the decorator");
    Attack defaults = on("a wrapper in the header's defaults");
    Attack operator = on("a closer that leaves an operator outside");
    Attack lambda = on("a wrapper in a nested lambda");
    Attack nested = on("an exit on a nested function's return");
    Attack header = on("an entry in a nested function");
    Attack docstring = on("an entry before the docstring");
    Attack middle = fallingOn("a tail in the middle");
    Attack early = fallingOn("an exit before the last statement");
    Attack twice = on("a return reported twice");
    Attack blanks = on("a line break among the blanks");
    Attack still = fallingOn("a line that is not moved");
    Attack tabbed = fallingOn("a line moved by another unit");
    Attack inString = on("a line moved inside a string");
    return List.of(
        string.add(string.behind("\"a; "), EXIT + "; "),
        comment.move(EXIT, comment.behind("# a ")),
        formatted.add(formatted.behind("f\"<{"), OPENER).add(formatted.before("}>"), "))"),
        decorator.add(decorator.behind("@"), OPENER).add(decorator.behind("@deco"), "))"),
        defaults.add(defaults.behind("b="), OPENER).add(defaults.behind("b=(1, 2)"), "))"),
        operator.moveFrom(operator.behind("pair(2), block"), operator.behind("return a")),
        lambda.add(lambda.behind("lambda x: "), OPENER).add(lambda.behind("(x, a)"), "))"),
        nested.add(nested.before("c + 1"), OPENER).add(nested.behind("c + 1"), "))"),
        header.move("func_entry", header.before("        return c + 1")),
        docstring
            .move("func_entry", docstring.before("    '''Adds."))
            .add(docstring.before("    '''Adds."), "    "),
        middle.move("BaseException", middle.behind("SEEN.append(a)")),
        early
            .swap("\n        " + EXIT, "")
            .add(early.behind("SEEN.append(a)"), "\n        " + EXIT),
        twice.add(twice.before("return\n"), EXIT + "; "),
        on("a statement behind a semicolon").swap(EXIT + "; ", EXIT + "; SEEN.append(9); "),
        on("a statement in the head").swap("try:", "SEEN.append(9)\n    try:"),
        fallingOn("a statement in the tail").swap(EXIT, EXIT + "; SEEN.append(9)"),
        on("a call in a literal").swap("'f', 'a", "'f', '' + str(SEEN.append(9)) + 'a"),
        on("an escape in a literal").swap("'a, b'", "'a, \\x63'"),
        on("another function's name").swap("'f'", "'g'"),
        on("other parameters").swap("'a, b'", "'a'"),
        on("a right-to-left mark in a literal").swap("'f'", "'f\u202e'"),
        on("a letter that only looks like another").swap("_tel_func = ", "_t\u0435l_func = "),
        on("a letter that only looks like another, in a literal").swap("'a, b'", "'\u0430, b'"),
        on("a value of its own").swap(OPENER, "_tel.func_exit(_tel_func, (0 and "),
        on("a comment that hides the rest").swap(OPENER, OPENER + " # "),
        on("no blank behind return").swap(" " + OPENER, OPENER),
        blanks.replaceAt(blanks.before("    pair = "), "    \n"),
        still.dropAt(still.before("    SEEN.append(g())")),
        tabbed.replaceAt(tabbed.before("    SEEN.append(g())"), "\t"),
        inString.add(inString.before("  two"), "    "),
        on("no entry").drop("func_entry"),
        on("no handler").drop("BaseException"),
        on("a return that is not covered").drop(EXIT),
        on("a handler that swallows").swap("\n        raise", "\n        pass"),
        on("a handler that catches less").swap("BaseException", "KeyError"),
        on("a handler that raises something else").swap("raise", "raise KeyError"),
        fallingOn("no exit behind the body").swap("\n        " + EXIT, ""),
        fallingOn("an exit only after an exception").swap("        " + EXIT, "        pass"),
        fallingOn("an exit with a value").swap("None", "1"));
  }

  private static Attack on(String name) {
    return Attack.on(name, PLAIN, "f");
  }

  private static Attack fallingOn(String name) {
    return Attack.on(name, FALLING, "f");
  }
}
