package io.telemetryinject.language.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Python decides what its names of encodings mean; Java may refuse a byte, never read another. */
class PythonCodecsIT {

  @Test
  void readsSingleBytesAsPythonDoes() throws Exception {
    Map<String, Charset> charsets = new TreeMap<>(PythonCodecs.charsets());
    List<String> command = new ArrayList<>(List.of(Python.testFile("codecs_table.py")));
    command.addAll(charsets.keySet());

    List<String> lines = Python.run(command).output().lines().toList();

    assertThat(lines).hasSameSizeAs(charsets.keySet());
    List<String> differences = new ArrayList<>();
    for (String line : lines) {
      String name = line.substring(0, line.indexOf(' '));
      String[] points = line.substring(line.indexOf(' ') + 1).split(",");
      for (int b = 1; b < 0x100; b++) {
        String ours = point(charsets.get(name), b);
        if (points.length != 0xff || !ours.equals("-") && !ours.equals(points[b - 1])) {
          differences.add(name + " " + Integer.toHexString(b) + " " + ours);
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static String point(Charset charset, int b) {
    try {
      return Integer.toHexString(
          charset.newDecoder().decode(ByteBuffer.wrap(new byte[] {(byte) b})).get());
    } catch (CharacterCodingException e) {
      return "-";
    }
  }
}
