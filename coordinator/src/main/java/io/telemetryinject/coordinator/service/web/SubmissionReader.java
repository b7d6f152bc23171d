package io.telemetryinject.coordinator.service.web;

import io.telemetryinject.coordinator.service.RunSubmission;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads orders from requests: strictly, and never more than so many bytes. */
final class SubmissionReader {
  static final int MAX_BYTES = 64 << 10;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  RunSubmission read(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw Problem.of(
          HttpStatus.CONTENT_TOO_LARGE, "an order may have " + MAX_BYTES + " bytes at most");
    }
    try {
      RunSubmission submission = mapper.readValue(bytes, RunSubmission.class);
      if (submission != null) {
        return submission;
      }
    } catch (JacksonException e) {
      throw problem(e.getPath());
    }
    throw problem(List.of());
  }

  /** Jackson's own words quote the input; the field's name is enough. */
  private static Problem problem(List<JacksonException.Reference> path) {
    String field = path.isEmpty() ? null : path.get(0).getPropertyName();
    return field == null
        ? Problem.of(HttpStatus.BAD_REQUEST, "the body is not a JSON object of an order")
        : Problem.fields(Map.of(field, "is not known, or not of the right kind"));
  }
}
