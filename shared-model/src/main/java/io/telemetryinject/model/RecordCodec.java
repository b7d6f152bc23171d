package io.telemetryinject.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records to JSON and back: {@code {"schema": 1, "type": "OutcomeBatch", "body": {…}}}.
 *
 * <p>A reader takes its own schema version and the one before, and passes over fields that it does
 * not know; so old and new workers understand each other for one version.
 */
public final class RecordCodec {
  public static final int SCHEMA = 1;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();
  private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

  private record Envelope<T>(int schema, @Nullable String type, @Nullable T body) {}

  /** The record as JSON in UTF-8. */
  public byte[] encode(Object body) {
    return mapper.writeValueAsBytes(new Envelope<>(SCHEMA, body.getClass().getSimpleName(), body));
  }

  /**
   * Reads a record.
   *
   * @throws RecordFormatException when the bytes are missing, malformed, of another type or of a
   *     schema version that this program does not know; its message holds no source text
   */
  public <T> T decode(byte @Nullable [] bytes, Class<T> type) throws RecordFormatException {
    if (bytes == null) {
      throw new RecordFormatException("a record without a value");
    }
    if (bytes.length > Limits.RECORD_BYTES) {
      throw new RecordFormatException(
          "a record of " + bytes.length + " bytes; the limit is " + Limits.RECORD_BYTES);
    }
    try {
      Envelope<T> envelope = readerFor(type).readValue(bytes);
      return contentOf(envelope, type);
    } catch (JacksonException e) {
      throw new RecordFormatException("not a " + type.getSimpleName() + ": " + reasonOf(e));
    }
  }

  private static <T> T contentOf(@Nullable Envelope<T> envelope, Class<T> type)
      throws RecordFormatException {
    if (envelope == null || envelope.body() == null) {
      throw new RecordFormatException("a record without a body");
    }
    if (envelope.schema() != SCHEMA && envelope.schema() != SCHEMA - 1) {
      throw new RecordFormatException(
          "schema version " + envelope.schema() + "; this program reads up to " + SCHEMA);
    }
    if (!type.getSimpleName().equals(envelope.type())) {
      throw new RecordFormatException("not a " + type.getSimpleName());
    }
    return envelope.body();
  }

  private ObjectReader readerFor(Class<?> type) {
    return readers.computeIfAbsent(
        type,
        t -> mapper.readerFor(mapper.getTypeFactory().constructParametricType(Envelope.class, t)));
  }

  /** The exception's kind and place only: Jackson's own message quotes the input. */
  private static String reasonOf(JacksonException e) {
    String place = e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
    return e.getClass().getSimpleName() + place;
  }
}
