package io.telemetryinject.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before a mock of the API server: streams pods' logs, which that cannot, and fails. */
final class ApiFront implements AutoCloseable {
  private static final Pattern LOG = Pattern.compile("/api/v1/namespaces/[^/]+/pods/([^/]+)/log");
  private static final Pattern SINCE = Pattern.compile("sinceTime=([^&]+)");

  static {
    // Otherwise each answer waits 40 ms for the network to have more to send.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final URI behind;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, PodLog> logs = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile boolean broken;

  ApiFront(URI behind) throws IOException {
    this.behind = behind;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/";
  }

  /** The log of a pod, which the test writes. */
  PodLog log(String pod) {
    return logs.computeIfAbsent(pod, name -> new PodLog());
  }

  /** From now on every request fails like that of an overloaded server, or none any more. */
  void setBroken(boolean broken) {
    this.broken = broken;
  }

  /** Method, path and query, and what was sent, of all requests. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      URI uri = exchange.getRequestURI();
      requests.add(exchange.getRequestMethod() + " " + uri + " " + new String(sent, UTF_8));
      Matcher log = LOG.matcher(uri.getPath());
      if (broken) {
        exchange.sendResponseHeaders(503, -1);
      } else if (log.matches()) {
        stream(exchange, log.group(1), Optional.ofNullable(uri.getQuery()).orElse(""));
      } else {
        forward(exchange, sent);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stream(HttpExchange exchange, String pod, String query)
      throws IOException, InterruptedException {
    Matcher since = SINCE.matcher(query);
    Instant from = since.find() ? Instant.parse(since.group(1)) : Instant.EPOCH;
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    PodLog log = log(pod);
    if (query.contains("tailLines=1")) {
      body.write(log.last().getBytes(UTF_8));
    } else {
      log.write(body, from, query.contains("follow=true"), query.contains("timestamps=true"));
    }
  }

  private void forward(HttpExchange exchange, byte[] sent)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(sent));
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
        .ifPresent(type -> request.header("Content-Type", type));
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    byte[] body = response.body();
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    logs.values().forEach(PodLog::end);
    server.stop(0);
    threads.shutdownNow();
  }
}
