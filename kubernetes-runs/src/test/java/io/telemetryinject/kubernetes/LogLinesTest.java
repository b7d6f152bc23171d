package io.telemetryinject.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLinesTest {
  private final List<String> seen = new ArrayList<>();
  private final LogLines lines = new LogLines(seen::add);

  private void write(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    lines.write(bytes, 0, bytes.length);
  }

  @Test
  void takesTheTimeOffEachLine() {
    write("2026-11-22T01:00:00.000000001Z first\n2026-11-22T01:00:00.5Z \nno time\n");

    assertThat(seen).containsExactly("first", "", "no time");
  }

  @Test
  void putsLinesTogetherThatComeInPieces() {
    for (byte octet : "2026-11-22T01:00:00Z größer\n".getBytes(UTF_8)) {
      lines.write(octet);
    }

    assertThat(seen).containsExactly("größer");
  }

  @Test
  void showsEachLineOnceWhenAConnectionIsTakenUpAgain() {
    String first = "2026-11-22T01:00:00.1Z a\n2026-11-22T01:00:00.2Z b\n2026-11-22T01:00:00.2Z c\n";
    write(first + "2026-11-22T01:00:00.3Z brok");

    lines.begin();
    write(first + "2026-11-22T01:00:00.2Z d\n2026-11-22T01:00:00.3Z broken off\n");

    assertThat(seen).containsExactly("a", "b", "c", "d", "broken off");
  }

  @Test
  void showsTheSameTextAgainWhenItWasWrittenAgain() {
    write("2026-11-22T01:00:00.1Z same\n2026-11-22T01:00:00.1Z same\n2026-11-22T01:00:01Z same\n");

    assertThat(seen).containsExactly("same", "same", "same");
  }

  @Test
  void showsALastLineWithoutAnEnd() {
    write("2026-11-22T01:00:00Z last");

    lines.end();
    lines.end();

    assertThat(seen).containsExactly("last");
  }
}
