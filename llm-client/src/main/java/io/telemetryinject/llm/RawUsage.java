package io.telemetryinject.llm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Token counts in the body of an answer that langchain4j does not hand out. */
final class RawUsage {
  private static final Pattern INPUT = Pattern.compile("\"prompt_tokens\"\\s*:\\s*(\\d{1,12})");
  private static final Pattern OUTPUT =
      Pattern.compile("\"completion_tokens\"\\s*:\\s*(\\d{1,12})");

  private RawUsage() {}

  static Optional<Tokens> of(String body) {
    Matcher input = INPUT.matcher(body);
    Matcher output = OUTPUT.matcher(body);
    return input.find() && output.find()
        ? Optional.of(
            new Tokens(Long.parseLong(input.group(1)), 0, 0, Long.parseLong(output.group(1))))
        : Optional.empty();
  }
}
