package io.telemetryinject.coordinator.service.web;

import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request that cannot be answered, told as RFC 9457 has it. */
final class Problem extends ErrorResponseException {
  private static final long serialVersionUID = 1L;

  /**
   * What is wrong about one field of a request.
   *
   * @param field its name
   */
  record FieldError(String field, String message) {}

  private Problem(HttpStatus status, ProblemDetail body) {
    super(status, body, null);
  }

  static Problem of(HttpStatus status, String what) {
    return new Problem(status, ProblemDetail.forStatusAndDetail(status, what));
  }

  static Problem noRun(String name) {
    return of(HttpStatus.NOT_FOUND, "there is no run " + name);
  }

  /** Names every field that is wrong. */
  static Problem fields(Map<String, String> fields) {
    ProblemDetail body =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.BAD_REQUEST, "the order cannot be taken as it is");
    List<FieldError> errors =
        fields.entrySet().stream().map(e -> new FieldError(e.getKey(), e.getValue())).toList();
    body.setProperty("errors", errors);
    return new Problem(HttpStatus.BAD_REQUEST, body);
  }
}
