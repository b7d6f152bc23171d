package io.telemetryinject.coordinator.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.language.LanguagePack;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Which script instrumented which function of the modules below a directory, a line for each. */
final class ScriptTable {
  private final LanguagePack pack;
  private final List<String> lines = new ArrayList<>();
  private long characters;

  ScriptTable(LanguagePack pack) {
    this.pack = pack;
  }

  /**
   * @param file relative to the table's directory
   */
  void add(Path file, FileRecord fileRecord) {
    if (fileRecord.scripts().isEmpty()) {
      return;
    }
    String module = pack.scriptTableModule(file);
    for (Map.Entry<String, List<String>> script : fileRecord.scripts().entrySet()) {
      for (String function : script.getValue()) {
        String line = pack.scriptTableLine(module, function, script.getKey());
        lines.add(line);
        characters += line.length();
      }
    }
  }

  void addAll(ScriptTable other) {
    lines.addAll(other.lines);
    characters += other.characters;
  }

  long characters() {
    return characters;
  }

  /** In order, and no line twice: two files may go by one module's name. */
  byte[] bytes() {
    Collections.sort(lines);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(characters, 1 << 24));
    String last = "";
    for (String line : lines) {
      if (!line.equals(last)) {
        bytes.writeBytes(line.getBytes(UTF_8));
      }
      last = line;
    }
    return bytes.toByteArray();
  }
}
