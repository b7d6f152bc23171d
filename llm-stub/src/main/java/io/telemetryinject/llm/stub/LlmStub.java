package io.telemetryinject.llm.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A local server that speaks the wire protocols of OpenAI, Anthropic and Ollama, streaming and not,
 * and answers as a script says.
 */
public final class LlmStub implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;
  private final Script script;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<StubRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Instant> throttled = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger current = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private LlmStub(Script script, int port) {
    this.script = script;
    this.threads = Executors.newCachedThreadPool();
    try {
      InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      this.server = HttpServer.create(new InetSocketAddress(local, port), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException("The stub cannot listen on port " + port, e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", http -> serve(http, WireProtocol.OPENAI));
    server.createContext("/v1/messages", http -> serve(http, WireProtocol.ANTHROPIC));
    server.createContext("/api/chat", http -> serve(http, WireProtocol.OLLAMA));
    server.start();
  }

  /** On a free port. */
  public static LlmStub start(Script script) {
    return new LlmStub(script, 0);
  }

  public static LlmStub start(Script script, int port) {
    return new LlmStub(script, port);
  }

  /** Answers 429 with Retry-After beyond so many requests in any 60 seconds. */
  public static LlmStub enforcing(int requestsPerMinute) {
    return enforcing(requestsPerMinute, request -> StubAnswer.text("ok"));
  }

  /** As {@link #enforcing(int)}, with a script for what is within the limit. */
  public static LlmStub enforcing(int requestsPerMinute, Script within) {
    return start(new RequestWindow(requestsPerMinute, within));
  }

  /** Runs until it is killed: [port] [requests a minute, 0 for any] [delay in milliseconds]. */
  public static void main(String[] arguments) {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8089;
    int limit = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    Duration delay = Duration.ofMillis(arguments.length > 2 ? Long.parseLong(arguments[2]) : 0);
    Script echo =
        request ->
            StubAnswer.delayed(delay, StubAnswer.text("You asked:\n" + request.user() + "\n"));
    LlmStub stub = start(limit > 0 ? new RequestWindow(limit, echo) : echo, port);
    for (WireProtocol protocol : WireProtocol.values()) {
      System.out.println(protocol + " " + stub.baseUrl(protocol));
    }
  }

  /** As a client's base URL option wants it. */
  public String baseUrl(WireProtocol protocol) {
    String path = protocol == WireProtocol.OLLAMA ? "" : "/v1";
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** All that arrived, in that order. */
  public List<StubRequest> requests() {
    return List.copyOf(requests);
  }

  /** When a 429 was answered. */
  public List<Instant> throttled() {
    return List.copyOf(throttled);
  }

  /** Most requests at the same time. */
  public int mostConcurrent() {
    return most.get();
  }

  /** Forgets what was recorded. */
  public void forget() {
    requests.clear();
    throttled.clear();
    most.set(current.get());
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange http, WireProtocol protocol) throws IOException {
    Instant arrived = Instant.now();
    most.accumulateAndGet(current.incrementAndGet(), Math::max);
    try (http) {
      WireFormat format = WireFormat.of(protocol);
      StubRequest request = read(http, protocol, format, arrived);
      requests.add(request);
      new StubExchange(http, format, request, closed, throttled).send(script.answer(request));
    } finally {
      current.decrementAndGet();
    }
  }

  private StubRequest read(
      HttpExchange http, WireProtocol protocol, WireFormat format, Instant arrived)
      throws IOException {
    JsonNode body = WireFormat.JSON.readTree(http.getRequestBody().readAllBytes());
    Map<String, String> headers = new HashMap<>();
    http.getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    headers.keySet().removeAll(Set.of("authorization", "x-api-key", "api-key"));
    return new StubRequest(
        protocol,
        body.path("model").asString(""),
        format.system(body),
        format.user(body),
        numbers.incrementAndGet(),
        format.maxTokens(body),
        format.streaming(body),
        headers,
        arrived);
  }
}
