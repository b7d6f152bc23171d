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
import java.util.SortedMap;
import java.util.TreeMap;

/** Which script instrumented which function of the modules below a directory, a line for each. */
final class ScriptTable {
  private final LanguagePack pack;
  private final SortedMap<String, List<String>> modules = new TreeMap<>();
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
    List<String> lines = linesOf(module);
    for (Map.Entry<String, List<String>> script : fileRecord.scripts().entrySet()) {
      for (String function : script.getValue()) {
        String line = pack.scriptTableLine(module, function, script.getKey());
        lines.add(line);
        characters += line.length();
      }
    }
  }

  void addAll(ScriptTable other) {
    other.modules.forEach((module, lines) -> linesOf(module).addAll(lines));
    characters += other.characters;
  }

  private List<String> linesOf(String module) {
    return modules.computeIfAbsent(module, none -> new ArrayList<>());
  }

  long characters() {
    return characters;
  }

  /** In order, and no line twice: two files may go by one module's name. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(characters, 1 << 24));
    for (List<String> lines : modules.values()) {
      Collections.sort(lines);
      String last = "";
      for (String line : lines) {
        if (!line.equals(last)) {
          bytes.writeBytes(line.getBytes(UTF_8));
        }
        last = line;
      }
    }
    return bytes.toByteArray();
  }
}
