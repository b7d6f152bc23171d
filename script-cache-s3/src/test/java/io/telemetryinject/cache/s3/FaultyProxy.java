package io.telemetryinject.cache.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Stands before a server, one request per connection, and does to requests what a test says. */
final class FaultyProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Fault fault = Fault.none();

  /** What becomes of a request. */
  interface Fault {
    enum Fate {
      PASS,
      SLOW_DOWN,
      CONFLICT,
      /** Carried out, but the answer never arrives. */
      ANSWER_LOST,
      ANSWER_CUT_SHORT
    }

    Fate of(String requestLine);

    default String header(String header) {
      return header;
    }

    static Fault none() {
      return line -> Fate.PASS;
    }
  }

  FaultyProxy(int target) throws IOException {
    this.target = target;
    this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** One that changes headers before they reach the server. */
  static Fault rewriting(UnaryOperator<String> header) {
    return new Fault() {
      @Override
      public Fate of(String requestLine) {
        return Fate.PASS;
      }

      @Override
      public String header(String text) {
        return header.apply(text);
      }
    };
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  void inject(Fault next) {
    fault = next;
  }

  /** First lines of all requests so far. */
  List<String> requests() {
    return requests;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      String header = header(connection.getInputStream());
      if (header.isEmpty()) {
        return;
      }
      byte[] body = connection.getInputStream().readNBytes(length(header));
      String line = header.substring(0, header.indexOf('\r'));
      requests.add(line);
      Fault.Fate fate = fault.of(line);
      OutputStream out = connection.getOutputStream();
      if (fate == Fault.Fate.SLOW_DOWN) {
        out.write(error("503 Slow Down", "SlowDown"));
      } else if (fate == Fault.Fate.CONFLICT) {
        out.write(error("409 Conflict", "ConditionalRequestConflict"));
      } else {
        byte[] answer = forward(fault.header(header), body);
        if (fate == Fault.Fate.PASS) {
          out.write(answer);
        } else if (fate == Fault.Fate.ANSWER_CUT_SHORT) {
          out.write(answer, 0, answer.length - 5);
        }
      }
      out.flush();
    } catch (IOException e) {
      // The client went away, or the server is down: both are what a broken connection looks like.
    }
  }

  private static String header(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int matched = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      bytes.write(b);
      matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
      if (matched == 4) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  private static int length(String header) {
    return header
        .lines()
        .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  private byte[] forward(String header, byte[] body) throws IOException {
    String once = header.replaceAll("(?i)connection: keep-alive", "Connection: close");
    String closing =
        once.contains("Connection: close")
            ? once
            : once.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      server.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
      server.getOutputStream().write(body);
      server.getOutputStream().flush();
      return server.getInputStream().readAllBytes();
    }
  }

  private static byte[] error(String status, String code) {
    String body = "<Error><Code>" + code + "</Code><Message>injected</Message></Error>";
    return ("HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/xml\r\nContent-Length: "
            + body.length()
            + "\r\nConnection: close\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
