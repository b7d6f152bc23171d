package io.telemetryinject.coordinator.service.web;

import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Has every refusal, Spring's own among them, answered as RFC 9457 has it. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {}
