package io.telemetryinject.coordinator.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.Insertion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * JSON of a manifest's lines; an insertion is {@code [offset, "text"]}, since there are many. A
 * file's record begins with the lengths, in bytes, of what follows them up to the insertions and of
 * the rest, so that who does not need the insertions need not read them.
 */
final class ManifestLines {
  private static final byte[] INSERTIONS = ",\"insertions\":".getBytes(UTF_8);
  private static final byte[] LENGTHS = "{\"lengths\":[".getBytes(UTF_8);
  private static final int MAX_DIGITS = 10;

  /** Enough for a line's beginning with its lengths. */
  static final int HEAD_BYTES = LENGTHS.length + 2 * MAX_DIGITS + 3;

  private final JsonMapper mapper =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Insertion.class, new InsertionWriter())
                  .addDeserializer(Insertion.class, new InsertionReader()))
          .build();

  private final ObjectReader functions =
      mapper
          .readerFor(FunctionRecord.class)
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  byte[] write(Object line) {
    byte[] json = mapper.writeValueAsBytes(line);
    byte[] head = line instanceof FileRecord ? headOf(json) : new byte[0];
    int skipped = head.length > 0 ? 1 : 0; // the brace that the head has, too
    byte[] written = new byte[head.length + json.length - skipped + 1];
    System.arraycopy(head, 0, written, 0, head.length);
    System.arraycopy(json, skipped, written, head.length, json.length - skipped);
    written[written.length - 1] = '\n';
    return written;
  }

  private static byte[] headOf(byte[] json) {
    int insertions = indexOfInsertions(json);
    String lengths = "{\"lengths\":[" + (insertions - 1) + "," + (json.length - insertions) + "],";
    return lengths.getBytes(UTF_8);
  }

  /**
   * What a line says of its lengths; null when it says nothing that could be true.
   *
   * @param head the line's beginning, {@link #HEAD_BYTES} of it if it has so many
   */
  static @Nullable LineLengths lengthsOf(byte[] head) {
    if (head.length < LENGTHS.length
        || !Arrays.equals(head, 0, LENGTHS.length, LENGTHS, 0, LENGTHS.length)) {
      return null;
    }
    int comma = endOfDigits(head, LENGTHS.length);
    int bracket = endOfDigits(head, comma + 1);
    if (bracket + 1 >= head.length
        || head[comma] != ','
        || head[bracket] != ']'
        || head[bracket + 1] != ',') {
      return null;
    }
    long outline = number(head, LENGTHS.length, comma) + bracket + 2;
    long whole = outline + number(head, comma + 1, bracket);
    return outline > Integer.MAX_VALUE ? null : new LineLengths((int) outline, whole);
  }

  private static int endOfDigits(byte[] head, int from) {
    int end = from;
    while (end < head.length - 1
        && end < from + MAX_DIGITS
        && head[end] >= '0'
        && head[end] <= '9') {
      end++;
    }
    return end;
  }

  private static long number(byte[] head, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + head[i] - '0';
    }
    return number;
  }

  /** Whether a line is JSON to its end: one that was cut off never is. */
  boolean isWhole(byte[] line) {
    try {
      mapper.readTree(line);
      return true;
    } catch (JacksonException cutOff) {
      return false;
    }
  }

  /** The format that a header names. */
  int formatOf(byte[] header) {
    return mapper.readTree(header).path("format").asInt(0);
  }

  <T> T read(byte[] line, Class<T> type) throws IOException {
    try {
      return mapper.readValue(line, type);
    } catch (JacksonException e) {
      throw new IOException("not a manifest line: " + e.getClass().getSimpleName(), e);
    }
  }

  /**
   * Reads a file's record without its insertions.
   *
   * @param line its outline, or a whole line; not one that may have been cut off
   */
  FileRecord readOutline(byte[] line) throws IOException {
    LineLengths lengths = lengthsOf(line);
    if (lengths == null || lengths.outline() != line.length) {
      return read(line, FileRecord.class).outline();
    }
    byte[] closed = Arrays.copyOf(line, line.length + 1);
    closed[line.length] = '}';
    try (JsonParser in = mapper.createParser(closed)) {
      return outline(in);
    } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
      throw new IOException("not a manifest line: " + e.getClass().getSimpleName(), e);
    }
  }

  /** By hand, since a nightly run that changes nothing does little else. */
  private FileRecord outline(JsonParser in) {
    String path = null;
    String before = null;
    String after = null;
    String charset = null;
    SortedMap<String, List<String>> scripts = new TreeMap<>();
    int unchanged = 0;
    List<FunctionRecord> others = List.of();
    in.nextToken();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "path" -> path = in.getString();
        case "before" -> before = in.getString();
        case "after" -> after = in.getString();
        case "charset" -> charset = in.getString();
        case "scripts" -> scripts = scripts(in);
        case "unchanged" -> unchanged = in.getIntValue();
        case "others" -> others = others(in);
        default -> in.skipChildren();
      }
    }
    return new FileRecord(
        requireNonNull(path, "path is missing"),
        requireNonNull(before, "before is missing"),
        requireNonNull(after, "after is missing"),
        requireNonNull(charset, "charset is missing"),
        List.of(),
        scripts,
        unchanged,
        others);
  }

  private static SortedMap<String, List<String>> scripts(JsonParser in) {
    SortedMap<String, List<String>> scripts = new TreeMap<>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String script = in.currentName();
      List<String> functions = new ArrayList<>();
      in.nextToken();
      while (in.nextToken() == JsonToken.VALUE_STRING) {
        functions.add(in.getString());
      }
      scripts.put(script, functions);
    }
    return scripts;
  }

  private List<FunctionRecord> others(JsonParser in) {
    List<FunctionRecord> records = new ArrayList<>();
    while (in.nextToken() == JsonToken.START_OBJECT) {
      records.add(functions.readValue(in));
    }
    return records;
  }

  /** A quote within a JSON string is escaped: these bytes are the field and nothing else. */
  private static int indexOfInsertions(byte[] line) {
    for (int i = 0; i + INSERTIONS.length <= line.length; i++) {
      if (line[i] == ','
          && Arrays.equals(line, i, i + INSERTIONS.length, INSERTIONS, 0, INSERTIONS.length)) {
        return i;
      }
    }
    return -1;
  }

  private static final class InsertionWriter extends ValueSerializer<Insertion> {
    @Override
    public void serialize(Insertion value, JsonGenerator out, SerializationContext context) {
      out.writeStartArray();
      out.writeNumber(value.offset());
      out.writeString(value.text());
      out.writeEndArray();
    }
  }

  private static final class InsertionReader extends ValueDeserializer<Insertion> {
    @Override
    public Insertion deserialize(JsonParser in, DeserializationContext context) {
      Object[] pair = context.readValue(in, Object[].class);
      if (pair.length == 2 && pair[0] instanceof Integer offset && pair[1] instanceof String text) {
        return new Insertion(offset, text);
      }
      return context.reportInputMismatch(Insertion.class, "an insertion is [offset, text]");
    }
  }
}
