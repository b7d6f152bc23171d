package io.telemetryinject.llm.stub.writing;

import io.telemetryinject.llm.stub.StubRequest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a prompt asks for, by its own words.
 *
 * @param traits of the shape it is about; empty where it names none
 */
record Question(Kind kind, List<String> traits, String text) {
  private static final Pattern SHAPE = Pattern.compile("(?m)^Shape: (.*)$");

  enum Kind {
    TESTS("Write the tests, before there is a script"),
    TESTS_AGAIN("These tests are not good enough"),
    SCRIPT("Write the insertion script."),
    HEAL("This insertion script failed its validation"),
    DIRECT("Insert the telemetry into this function yourself");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  static Question of(StubRequest request) {
    String text = request.user();
    for (Kind kind : Kind.values()) {
      if (text.contains(kind.words)) {
        Matcher shape = SHAPE.matcher(text);
        List<String> traits = shape.find() ? List.of(shape.group(1).split(", ")) : List.of();
        return new Question(kind, traits, text);
      }
    }
    throw new IllegalArgumentException("not a question that this model knows: " + text);
  }
}
