package io.telemetryinject.coordinator.manifest;

import io.telemetryinject.model.Insertion;
import java.io.IOException;
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
  boolean isWhole(String line) {
    try {
      mapper.readTree(line);
      return true;
    } catch (JacksonException cutOff) {
      return false;
    }
  }

  <T> T read(String line, Class<T> type) throws IOException {
    try {
      return mapper.readValue(line, type);
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
