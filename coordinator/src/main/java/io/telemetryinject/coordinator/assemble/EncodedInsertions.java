package io.telemetryinject.coordinator.assemble;

import io.telemetryinject.language.SourceText;
import io.telemetryinject.model.Insertion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Maps insertions between a file's UTF-8 form, which scripts see, and its bytes on disk. */
final class EncodedInsertions {
  private static final int BOM_BYTES = 3;

  private EncodedInsertions() {}

  /**
   * The same insertions with offsets in bytes of the file.
   *
   * @param insertions ascending, into the UTF-8 form
   */
  static List<Insertion> toFile(SourceText text, List<Insertion> insertions) {
    int start = text.bom() ? BOM_BYTES : 0;
    if (text.charset().equals(StandardCharsets.UTF_8)) {
      return start == 0
          ? insertions
          : insertions.stream().map(i -> new Insertion(i.offset() + start, i.text())).toList();
    }
    List<Insertion> mapped = new ArrayList<>(insertions.size());
    int from = 0;
    int position = start;
    for (Insertion insertion : insertions) {
      position += text.slice(from, insertion.offset()).getBytes(text.charset()).length;
      from = insertion.offset();
      mapped.add(new Insertion(position, insertion.text()));
    }
    return mapped;
  }
}
