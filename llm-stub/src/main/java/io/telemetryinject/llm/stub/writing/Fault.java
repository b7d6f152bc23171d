package io.telemetryinject.llm.stub.writing;

import io.telemetryinject.llm.stub.StubAnswer;
import io.telemetryinject.llm.stub.writing.Question.Kind;
import java.util.List;

/** Ways to be wrong, each with the words of the failure that a prompt must hold to get it right. */
enum Fault {
  SYNTAX("at the step \"syntax\"") {
    @Override
    String spoil(String script) {
      return script + "\n\ndef broken(:\n";
    }
  },
  IMPORT("import of os is not allowed") {
    @Override
    String spoil(String script) {
      return script.replace("import ast\n", "import ast\nimport os\n");
    }
  },
  LINT("pylint's score is") {
    @Override
    String spoil(String script) {
      return script + "\n\ndef untidy():\n" + "    X = [1 , 2];Y = X\n".repeat(150);
    }
  },
  NO_OP("at the step \"tests\"") {
    @Override
    String spoil(String script) {
      return twisted(script, "return []");
    }
  },
  DOUBLE("at the step \"tests\"") {
    @Override
    String spoil(String script) {
      return twisted(script, "return edits[:1] + edits");
    }
  },
  DROPPED("at the step \"tests\"") {
    @Override
    String spoil(String script) {
      return twisted(script, "return edits[:-1]");
    }
  },
  INDENT("at the step \"tests\"") {
    @Override
    String spoil(String script) {
      return twisted(script, "return [(at, ' ' + text) for at, text in edits]");
    }
  },
  RAISES("planted on purpose") {
    @Override
    String spoil(String script) {
      return twisted(script, "raise ValueError('planted on purpose')");
    }
  },
  /** Right on the functions that tests are made of, wrong on others. */
  UNSOUND("at the step \"verifier\"") {
    @Override
    String spoil(String script) {
      String other = "[(at, text.replace(\"y('\", \"y('x\")) for at, text in edits]";
      return twisted(script, "return edits if 'total(' in source_code else " + other);
    }
  },
  PROSE("it held no fenced block") {
    @Override
    StubAnswer answer(String code) {
      return StubAnswer.text("I would parse the source with ast and insert the calls.");
    }
  },
  SEVERAL("it held several fenced blocks") {
    @Override
    StubAnswer answer(String code) {
      return StubAnswer.text(fenced(code) + "\nor, shorter:\n\n" + fenced("print()\n"));
    }
  },
  TRUNCATED("it broke off") {
    @Override
    StubAnswer answer(String code) {
      return StubAnswer.truncated("```python\n" + code.substring(0, code.length() / 2));
    }
  },
  WEAK_TESTS("These tests are not good enough: the tests also pass on a script that") {
    @Override
    Kind where() {
      return Kind.TESTS;
    }

    @Override
    String spoil(String tests) {
      return "import insertion_script\n\n\ndef test_it():\n    assert insertion_script\n";
    }
  },
  WRONG_TESTS("These tests are not good enough") {
    @Override
    Kind where() {
      return Kind.TESTS;
    }

    @Override
    String spoil(String tests) {
      return tests.replace("func_exit", "func_left");
    }
  };

  private static final List<Fault> ALL = List.of(values());

  private final String told;

  Fault(String told) {
    this.told = told;
  }

  /** The same for the same shape, whenever and wherever it is asked about. */
  static Fault of(List<String> traits) {
    return ALL.get(Math.floorMod(String.join("-", traits).hashCode(), ALL.size()));
  }

  /** Which question is answered wrongly. */
  Kind where() {
    return Kind.SCRIPT;
  }

  /** Whether a prompt says what was wrong. */
  boolean isToldBy(String prompt) {
    return prompt.contains(told);
  }

  String spoil(String code) {
    return code;
  }

  StubAnswer answer(String code) {
    return StubAnswer.text(fenced(spoil(code)));
  }

  static String fenced(String code) {
    return "```python\n" + code + "```\n";
  }

  private static String twisted(String script, String body) {
    return Works.twisted(script, body);
  }
}
