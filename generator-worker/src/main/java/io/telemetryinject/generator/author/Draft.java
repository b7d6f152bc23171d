package io.telemetryinject.generator.author;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A script that nobody has checked yet.
 *
 * @param tests written before the script
 * @param author {@code provider:model}, or {@code template}
 * @param lessons that the author was given
 */
public record Draft(String tests, String script, String author, List<String> lessons) {
  public Draft {
    requireNonNull(tests, "tests is null");
    requireNonNull(script, "script is null");
    requireNonNull(author, "author is null");
    lessons = List.copyOf(lessons);
  }
}
