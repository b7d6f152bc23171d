package io.telemetryinject.llm.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.telemetryinject.llm.stub.StubAnswer.Delayed;
import io.telemetryinject.llm.stub.StubAnswer.Failure;
import io.telemetryinject.llm.stub.StubAnswer.Hang;
import io.telemetryinject.llm.stub.StubAnswer.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends one answer over one connection, or half of one. */
final class StubExchange {
  private final HttpExchange http;
  private final WireFormat format;
  private final StubRequest request;
  private final CountDownLatch closed;
  private final List<Instant> throttled;

  StubExchange(
      HttpExchange http,
      WireFormat format,
      StubRequest request,
      CountDownLatch closed,
      List<Instant> throttled) {
    this.http = http;
    this.format = format;
    this.request = request;
    this.closed = closed;
    this.throttled = throttled;
  }

  void send(StubAnswer answer) throws IOException {
    if (answer instanceof Text text) {
      text(text);
    } else if (answer instanceof Failure failure) {
      failure(failure);
    } else if (answer instanceof Delayed delayed) {
      waitFor(delayed.delay());
      send(delayed.answer());
    } else if (answer instanceof Hang hang) {
      waitFor(hang.duration());
    } else {
      cut();
    }
  }

  private void text(Text answer) throws IOException {
    http.getResponseHeaders().set("Content-Type", format.contentType(request.streaming()));
    if (!request.streaming()) {
      body(200, format.whole(request, answer));
      return;
    }
    http.sendResponseHeaders(200, 0);
    try (OutputStream out = http.getResponseBody()) {
      for (String piece : format.pieces(request, answer)) {
        out.write(piece.getBytes(UTF_8));
        out.flush();
      }
    }
  }

  private void failure(Failure failure) throws IOException {
    if (failure.status() == 429) {
      throttled.add(Instant.now());
    }
    http.getResponseHeaders().set("Content-Type", "application/json");
    failure
        .retryAfter()
        .map(wait -> Long.toString((wait.toMillis() + 999) / 1000))
        .ifPresent(seconds -> http.getResponseHeaders().set("Retry-After", seconds));
    body(failure.status(), format.error(failure));
  }

  /** Announces more bytes than it sends, so that the client knows it was cut. */
  private void cut() throws IOException {
    Text answer = new Text("never told in full", StubAnswer.Stop.COMPLETE);
    String whole =
        request.streaming()
            ? String.join("", format.pieces(request, answer))
            : format.whole(request, answer);
    byte[] bytes = whole.getBytes(UTF_8);
    http.getResponseHeaders().set("Content-Type", format.contentType(request.streaming()));
    http.sendResponseHeaders(200, bytes.length);
    http.getResponseBody().write(bytes, 0, bytes.length / 2);
    http.getResponseBody().flush();
  }

  private void body(int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    http.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = http.getResponseBody()) {
      out.write(bytes);
    }
  }

  private void waitFor(Duration duration) throws IOException {
    try {
      if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("the stub was closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the stub was closed", e);
    }
  }
}
