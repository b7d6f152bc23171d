package io.telemetryinject.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.ByteArrayInputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of one call: asks in the calling thread, within one time limit from connecting to
 * the last byte, and remembers what langchain4j's exceptions leave out.
 */
final class Exchange implements HttpClient, HttpClientBuilder {
  /** How a call failed before there was an answer to look at. */
  enum Trouble {
    NONE,
    UNREACHABLE,
    TIMEOUT,
    CUT,
    INTERRUPTED
  }

  private final java.net.http.HttpClient http;
  private final Duration timeout;
  private final Runnable sending;
  private Trouble trouble = Trouble.NONE;
  private int status;
  private String body = "";
  private HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);

  /**
   * @param sending called when the request is about to go out
   */
  Exchange(java.net.http.HttpClient http, Duration timeout, Runnable sending) {
    this.http = http;
    this.timeout = timeout;
    this.sending = sending;
  }

  Trouble trouble() {
    return trouble;
  }

  /** 0 when there was no answer. */
  int status() {
    return status;
  }

  /** As it came, streamed or not. */
  String body() {
    return body;
  }

  HttpHeaders headers() {
    return headers;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    send(request);
    return SuccessfulHttpResponse.builder()
        .statusCode(status)
        .headers(headers.map())
        .body(body)
        .build();
  }

  /** Reads the stream to its end first: what it is for is a connection that is never quiet. */
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    SuccessfulHttpResponse response = execute(request);
    listener.onOpen(response);
    parser.parse(new ByteArrayInputStream(body.getBytes(UTF_8)), new QuietListener(listener));
    listener.onClose();
  }

  private void send(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> answer = null;
    try {
      java.net.http.HttpRequest jdkRequest = toJdk(request);
      sending.run();
      answer = http.sendAsync(jdkRequest, BodyHandlers.ofString(UTF_8));
      HttpResponse<String> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      status = response.statusCode();
      headers = response.headers();
      body = response.body();
    } catch (ExecutionException e) {
      trouble = unreachable(e.getCause()) ? Trouble.UNREACHABLE : Trouble.CUT;
    } catch (TimeoutException e) {
      trouble = Trouble.TIMEOUT;
    } catch (InterruptedException e) {
      trouble = Trouble.INTERRUPTED;
    } finally {
      if (answer != null) {
        answer.cancel(true);
      }
    }
    if (trouble != Trouble.NONE || status < 200 || status > 299) {
      throw new HttpException(status, trouble.name());
    }
  }

  private static boolean unreachable(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException;
  }

  private java.net.http.HttpRequest toJdk(HttpRequest request) {
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .POST(BodyPublishers.ofString(request.body()));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    return builder.build();
  }

  @Override
  public HttpClient build() {
    return this;
  }

  @Override
  public Duration connectTimeout() {
    return timeout;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration ignored) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return timeout;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration ignored) {
    return this;
  }
}
