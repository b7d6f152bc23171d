package io.telemetryinject.generator.author;

import io.telemetryinject.sandbox.ValidationReport.Step;

/** What a healing may have taught, in the form that lessons have. */
final class LessonCandidate {
  private LessonCandidate() {}

  static String of(GenerationOrder order, String author, Step cause) {
    return """
    # %s: %s

    A script by %s for the shape `%s` failed at the step "%s" and was mended. What it was told:

    ```
    %s
    ```

    Wrong: see the draft beside this file. Right: see the last refactoring.

    To adopt this as a lesson, put the rule behind it into a few lines, with one wrong and one right example, and save them under
    docs/lessons/%s/. Every script key changes then, so adopt lessons together.
    """
        .formatted(
            order.key().slug(),
            cause.name(),
            author,
            String.join(", ", order.example().shape().traits()),
            cause.name(),
            cause.detail().strip(),
            order.key().language().id());
  }
}
