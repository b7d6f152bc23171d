package io.telemetryinject.coordinator.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.model.Insertion;
import java.io.IOException;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** JSON of a manifest's lines; an insertion is {@code [offset, "text"]}, since there are many. */
final class ManifestLines {
  private static final byte[] INSERTIONS = ",\"insertions\":".getBytes(UTF_8);
  private static final byte[] NO_INSERTIONS = ",\"insertions\":[]}".getBytes(UTF_8);

  private final JsonMapper mapper =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Insertion.class, new InsertionWriter())
                  .addDeserializer(Insertion.class, new InsertionReader()))
          .build();

  byte[] write(Object line) {
    byte[] json = mapper.writeValueAsBytes(line);
    byte[] withBreak = new byte[json.length + 1];
    System.arraycopy(json, 0, withBreak, 0, json.length);
    withBreak[json.length] = '\n';
    return withBreak;
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
    return read(line, line.length, type);
  }

  /**
   * Reads a file's record up to its insertions, which stand last and make up nearly all of it.
   *
   * @param line that was written to its end
   */
  FileRecord readOutline(byte[] line) throws IOException {
    int end = indexOfInsertions(line);
    if (end < 0) {
      return read(line, FileRecord.class).outline();
    }
    byte[] start = Arrays.copyOf(line, end + NO_INSERTIONS.length);
    System.arraycopy(NO_INSERTIONS, 0, start, end, NO_INSERTIONS.length);
    return read(start, FileRecord.class);
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

  private <T> T read(byte[] line, int length, Class<T> type) throws IOException {
    try {
      return mapper.readValue(line, 0, length, type);
    } catch (JacksonException e) {
      throw new IOException("not a manifest line: " + e.getClass().getSimpleName(), e);
    }
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
