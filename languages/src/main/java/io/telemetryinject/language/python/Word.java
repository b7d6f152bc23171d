package io.telemetryinject.language.python;

import java.nio.charset.StandardCharsets;

/** The names a scanner acts on: Python's keywords, and the few others that rules ask about. */
final class Word {
  static final int NONE = 0;
  static final int AS = 1;
  static final int ASYNC = 2;
  static final int BREAK = 3;
  static final int CASE = 4;
  static final int CLASS = 5;
  static final int DEF = 6;
  static final int DEL = 7;
  static final int ELIF = 8;
  static final int ELSE = 9;
  static final int EXCEPT = 10;
  static final int FINALLY = 11;
  static final int FOR = 12;
  static final int FROM = 13;
  static final int GLOBAL = 14;
  static final int IF = 15;
  static final int IMPORT = 16;
  static final int IN = 17;
  static final int LAMBDA = 18;
  static final int MATCH = 19;
  static final int NONLOCAL = 20;
  static final int PASS = 21;
  static final int RAISE = 22;
  static final int RETURN = 23;
  static final int TRUE = 24;
  static final int TRY = 25;
  static final int WHILE = 26;
  static final int WITH = 27;
  static final int YIELD = 28;

  /** A keyword without a meaning of its own here: {@code and}, {@code await}, {@code None} … */
  static final int OTHER_KEYWORD = 29;

  /** A built-in that sees its caller's variables: {@code locals}, {@code eval} … */
  static final int FRAME_BUILTIN = 30;

  /** A way to a frame: {@code currentframe}, {@code _getframe}, {@code f_locals}. */
  static final int FRAME_READER = 31;

  /** The module that holds the built-ins, under any of its names. */
  static final int BUILTINS = 32;

  /** {@code __import__} or {@code import_module}. */
  static final int IMPORTER = 33;

  /** {@code _tel}, or a name that starts with {@code _tel_}. */
  static final int TELEMETRY = 34;

  private static final int SLOTS = 512;
  private static final byte[][] TEXTS = new byte[SLOTS][];
  private static final byte[] CODES = new byte[SLOTS];

  static {
    put(AS, "as");
    put(ASYNC, "async");
    put(BREAK, "break");
    put(CASE, "case");
    put(CLASS, "class");
    put(DEF, "def");
    put(DEL, "del");
    put(ELIF, "elif");
    put(ELSE, "else");
    put(EXCEPT, "except");
    put(FINALLY, "finally");
    put(FOR, "for");
    put(FROM, "from");
    put(GLOBAL, "global");
    put(IF, "if");
    put(IMPORT, "import");
    put(IN, "in");
    put(LAMBDA, "lambda");
    put(MATCH, "match");
    put(NONLOCAL, "nonlocal");
    put(PASS, "pass");
    put(RAISE, "raise");
    put(RETURN, "return");
    put(TRUE, "True");
    put(TRY, "try");
    put(WHILE, "while");
    put(WITH, "with");
    put(YIELD, "yield");
    put(OTHER_KEYWORD, "and", "assert", "await", "continue", "False", "is", "None", "not", "or");
    put(FRAME_BUILTIN, "locals", "vars", "eval", "exec", "dir");
    put(FRAME_READER, "currentframe", "_getframe", "f_locals");
    put(BUILTINS, "builtins", "__builtins__", "__builtin__");
    put(IMPORTER, "__import__", "import_module");
  }

  private Word() {}

  /** The next step of a name's hash, which starts at 0. */
  static int hash(int hash, byte next) {
    return hash * 31 + next;
  }

  /** What a name means; {@code hash} is that of its bytes. */
  static int of(byte[] text, int start, int end, int hash) {
    int slot = slot(hash);
    while (TEXTS[slot] != null) {
      if (matches(TEXTS[slot], text, start, end)) {
        return CODES[slot];
      }
      slot = (slot + 1) % SLOTS;
    }
    return isTelemetry(text, start, end) ? TELEMETRY : NONE;
  }

  static int of(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return of(text, 0, text.length, hashOf(text));
  }

  static boolean isKeyword(int code) {
    return code >= AS && code <= OTHER_KEYWORD && code != MATCH && code != CASE;
  }

  static boolean matches(byte[] word, byte[] text, int start, int end) {
    if (word.length != end - start) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (word[i] != text[start + i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTelemetry(byte[] text, int start, int end) {
    return end - start >= 4
        && text[start] == '_'
        && text[start + 1] == 't'
        && text[start + 2] == 'e'
        && text[start + 3] == 'l'
        && (end - start == 4 || text[start + 4] == '_');
  }

  private static int slot(int hash) {
    return (hash ^ hash >>> 9) & (SLOTS - 1);
  }

  private static int hashOf(byte[] text) {
    int hash = 0;
    for (byte b : text) {
      hash = hash(hash, b);
    }
    return hash;
  }

  private static void put(int code, String... words) {
    for (String word : words) {
      byte[] text = word.getBytes(StandardCharsets.US_ASCII);
      int slot = slot(hashOf(text));
      while (TEXTS[slot] != null) {
        slot = (slot + 1) % SLOTS;
      }
      TEXTS[slot] = text;
      CODES[slot] = (byte) code;
    }
  }
}
