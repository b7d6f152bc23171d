package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.embedded.ServiceRig.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what they may do; no workers are needed for that. */
class ServiceGuardST {
  private static final String SECRET = "a secret that lies beside the runs";

  @TempDir private static Path directory;
  private static ServiceRig rig;

  /** It asks for a token. */
  private static Service guarded;

  /** It has none, and so serves this machine only. */
  private static Service local;

  @BeforeAll
  static void start() throws Exception {
    rig = new ServiceRig(directory);
    Files.writeString(directory.resolve("secret"), SECRET);
    Files.createDirectories(rig.in().resolve("tree"));
    guarded =
        rig.service(
            "--telemetry-inject.service.token-file=" + rig.token(),
            "--telemetry-inject.service.allowed-inputs=https://localhost:1/");
    local = rig.service("--telemetry-inject.work-dir=" + directory.resolve("local"));
  }

  @AfterAll
  static void stop() throws Exception {
    local.close();
    guarded.close();
    rig.close();
  }

  /** Sends a request line as it is; a client would tidy it up. */
  private static String raw(Service service, String method, String target, String... headers)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", service.port())) {
      OutputStream out = socket.getOutputStream();
      String lines = String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList());
      String request =
          method + " " + target + " HTTP/1.1\r\n" + lines + "Connection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static final String HOST = "Host: localhost";
  private static final String BEARER = "Authorization: Bearer " + ServiceRig.TOKEN;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs",
        "/api/v1/runs/x",
        "/api/v1/runs/x/events",
        "/api/v1/openapi.yaml",
        "/actuator",
        "/actuator/../api/v1/runs",
        "/actuator/health/..;/..;/api/v1/runs",
        "/%61pi/v1/runs",
        "//api/v1/runs",
        "/page.css/../api/v1/runs",
        "/page.css;/../api/v1/runs"
      })
  void letsNobodyInWithoutTheToken(String target) throws IOException {
    for (String authorization :
        List.of(
            "X: none", "Authorization: Bearer wrong", "Authorization: Basic eDp5", BEARER + "x")) {
      String answer = raw(guarded, "GET", target, HOST, authorization);
      assertThat(answer).as(answer).matches("(?s)HTTP/1.1 (400|401) .*").doesNotContain("\"runs\"");
    }
    assertThat(raw(guarded, "GET", "/api/v1/runs", HOST, BEARER)).startsWith("HTTP/1.1 200");
  }

  @Test
  void showsThePageAndItsHealthToAll() throws Exception {
    for (String path : List.of("/", "/page.js", "/page.css", "/actuator/health/readiness")) {
      assertThat(raw(guarded, "GET", path, HOST)).startsWith("HTTP/1.1 200");
    }
    assertThat(raw(guarded, "GET", "/actuator/prometheus", HOST)).contains("jvm_memory");
  }

  @Test
  void tellsBrowsersToRunNothingButItsOwn() throws Exception {
    for (String path : List.of("/", "/page.js", "/api/v1/runs")) {
      assertThat(raw(guarded, "GET", path, HOST, BEARER, "Origin: http://localhost"))
          .contains("Content-Security-Policy: default-src 'none'; script-src 'self';")
          .contains("frame-ancestors 'none'", "X-Content-Type-Options: nosniff")
          .contains("X-Frame-Options: DENY")
          .doesNotContain("Access-Control-Allow");
    }
    assertThat(raw(guarded, "GET", "/", HOST)).doesNotContainPattern("<script(?![^>]*src=)");
  }

  /** A name that an attacker's server first gave to itself, and then to this machine. */
  @Test
  void answersOnThisMachineOnlyToItsOwnName() throws IOException {
    assertThat(raw(local, "GET", "/api/v1/runs", "Host: attacker.example:" + local.port()))
        .startsWith("HTTP/1.1 403");
    assertThat(raw(local, "GET", "/api/v1/runs", "Host: localhost.attacker.example"))
        .startsWith("HTTP/1.1 403");
    assertThat(raw(local, "GET", "/api/v1/runs", "Host: 127.0.0.1:" + local.port()))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void takesNoOrdersFromPagesOfOtherSites() throws Exception {
    String form = "{\"input\": \"https://host.example/x.git\", \"output\": \"s3://b/x\"}";
    HttpRequest.Builder plain =
        HttpRequest.newBuilder(local.uri("/api/v1/runs"))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    HttpRequest.Builder foreign =
        HttpRequest.newBuilder(local.uri("/api/v1/runs"))
            .header("Content-Type", "application/json")
            .header("Origin", "https://attacker.example")
            .POST(HttpRequest.BodyPublishers.ofString(form));

    assertThat(Service.send(plain).statusCode()).isEqualTo(415);
    assertThat(Service.send(foreign).statusCode()).isEqualTo(403);
    assertThat(local.post(form).statusCode())
        .as("refused for its fields, not its sender")
        .isEqualTo(400);
  }

  @Test
  void doesNotListenBeyondThisMachineWithoutAToken() throws Exception {
    try (Service open =
        rig.coordinator(
            "--telemetry-inject.service.enabled=true",
            "--server.address=0.0.0.0",
            "--logging.level.org.springframework.boot=error")) {
      assertThat(open.process().exitCode()).isEqualTo(2);
      assertThat(open.process().output())
          .contains("would listen on 0.0.0.0", "Name a file with a token")
          .doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc",
        "file:///etc",
        "tree",
        "IN/../secret-repository",
        "IN/link",
        "https://127.0.0.1/x.git",
        "ext::sh -c touch%20/tmp/owned",
        "ssh://-oProxyCommand=x/y"
      })
  void readsNothingThatIsNotAllowed(String input) throws Exception {
    Path link = rig.in().resolve("link");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, directory);
    }
    HttpResponse<String> answer =
        guarded.post(
            Map.of(
                "input", input.replace("IN", rig.in().toString()),
                "output", rig.out().resolve("x").toString()));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"field\":\"input\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp", "OUT/../work/runs", "OUT/link/x", "s3://bucket/x", "x"})
  void writesNothingThatIsNotAllowed(String output) throws Exception {
    Path link = rig.out().resolve("link");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, directory);
    }
    HttpResponse<String> answer =
        guarded.post(
            Map.of(
                "input", rig.in().resolve("tree").toString(),
                "output", output.replace("OUT", rig.out().toString())));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"field\":\"output\"")
        .doesNotContain("\"field\":\"input\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs/..%2f..%2fsecret/report",
        "/api/v1/runs/../../secret",
        "/api/v1/runs/%2e%2e/report",
        "/api/v1/runs/..;/secret",
        "/api/v1/runs/empty/files/diff?path=../../secret",
        "/api/v1/runs/empty/files/diff?path=..%2f..%2fsecret",
        "/api/v1/runs/empty/files/diff?path=%2fetc%2fpasswd",
        "/..%2fsecret",
        "/page.css%2f..%2f..%2fsecret"
      })
  void givesOutNoFileButARuns(String target) throws Exception {
    guarded.post(
        Map.of(
            "name", "empty",
            "input", rig.in().resolve("tree").toString(),
            "output", rig.out().resolve("empty").toString()));

    String answer = raw(guarded, "GET", target, HOST, BEARER);

    assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain(SECRET, "root:");
  }

  /** Nothing answers at this address: the run ends, and says why. */
  @Test
  void showsNobodyThePasswordOfARepository() throws Exception {
    HttpResponse<String> taken =
        guarded.post(
            Map.of(
                "name", "secretive",
                "input", "https://user:hunter2@localhost:1/x.git",
                "output", rig.out().resolve("secretive").toString()));
    guarded.awaitState("secretive", "REFUSED");

    String shown =
        taken.body()
            + guarded.get("/api/v1/runs/secretive").body()
            + guarded.get("/api/v1/runs").body()
            + guarded.process().output();
    assertThat(shown).contains("https://localhost:1/x.git").doesNotContain("hunter2");
    Path kept = rig.work().resolve("runs");
    assertThat(Files.readString(kept.resolve("secretive/order.json"))).contains("hunter2");
    assertThat(Files.getPosixFilePermissions(kept)).allMatch(p -> p.name().startsWith("OWNER"));
  }

  @Test
  void readsNoOrderWithoutEnd() throws Exception {
    String large = "{\"input\": \"" + "x".repeat(100_000) + "\"}";

    assertThat(guarded.post(large).statusCode()).isEqualTo(413);
    assertThat(guarded.post("{\"input\": \"" + "x".repeat(50_000) + "\"}").statusCode())
        .isEqualTo(400);
  }
}
