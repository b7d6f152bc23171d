package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LessonsIT {
  private static final Path DOCS = Path.of("../docs/lessons");

  @Test
  void packagesEveryLessonOfTheDocumentation() throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("python"))) {
      assertThat(files.map(file -> "python/" + file.getFileName()).sorted())
          .containsExactlyElementsOf(Lessons.NAMES);
    }
    for (String name : Lessons.NAMES) {
      assertThat(Lessons.text(name)).isEqualTo(Files.readString(DOCS.resolve(name)));
    }
  }

  @Test
  void showsAWrongAndARightWayInEachLesson() {
    for (String name : Lessons.NAMES) {
      assertThat(Lessons.text(name)).as(name).startsWith("# ").hasSizeLessThan(2000);
      assertThat(Lessons.text(name)).as(name).containsAnyOf("Wrong", "Right");
    }
  }
}
