package io.telemetryinject.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The wire formats as somebody else understands them: npm's {@code @copilotkit/aimock}. Skipped
 * where Node.js or the package registry is missing.
 */
class IndependentServerIT {
  private static final String PACKAGE = "@copilotkit/aimock@1.43.0";
  private static final Path PLACE = Path.of("target", "aimock").toAbsolutePath();
  private static final String SERVER =
      """
      import { LLMock } from "@copilotkit/aimock";
      const mock = new LLMock({ port: 0 });
      const usage = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 };
      mock.onMessage("complete", { content: "print('ä')\\nprint(2)", usage });
      mock.onMessage("truncate", { content: "def f(", finishReason: "length" });
      mock.onMessage("filter", { content: "", finishReason: "content_filter" });
      const busy = { error: { message: "slow down" }, status: 429, retryAfter: 3 };
      mock.onMessage("throttle", busy);
      mock.onMessage("bad key", { error: { message: "who are you" }, status: 401 });
      await mock.start();
      console.log(mock.url);
      process.stdin.resume();
      process.stdin.on("end", () => process.exit(0));
      """;

  private static @Nullable Process server;
  private static String url = "";
  private static String missing = "";

  private final VirtualTime time = new VirtualTime();

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(PLACE);
    boolean installed =
        Files.exists(PLACE.resolve("node_modules/@copilotkit/aimock/package.json"))
            || ends(
                Duration.ofSeconds(40),
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "--fetch-retries=0",
                "--prefix",
                ".",
                PACKAGE);
    if (!installed) {
      missing = "npm cannot install " + PACKAGE;
      return;
    }
    Files.writeString(PLACE.resolve("server.mjs"), SERVER);
    server =
        new ProcessBuilder("node", "server.mjs")
            .directory(PLACE.toFile())
            .redirectError(Redirect.DISCARD)
            .start();
    CompletableFuture<String> firstLine =
        CompletableFuture.supplyAsync(IndependentServerIT::readUrl);
    try {
      url = firstLine.get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      url = "";
    }
    missing = url.startsWith("http") ? "" : "node does not start " + PACKAGE;
  }

  /** Before each, so that each counts as skipped. */
  @BeforeEach
  void needsTheServer() {
    assumeTrue(missing.isEmpty(), missing);
  }

  /** Closing its input ends the server; it would also end with this process. */
  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.getOutputStream().close();
      server.destroy();
    }
  }

  static Stream<Arguments> wires() {
    return WireIT.wires();
  }

  @ParameterizedTest
  @MethodSource("wires")
  void understandsACompleteAnswer(Provider provider, boolean streaming) throws Exception {
    Reply reply = ask(provider, streaming, "complete");

    assertThat(reply.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(reply.text()).isEqualTo("print('ä')\nprint(2)");
    if (provider != Provider.OLLAMA) { // aimock counts nothing for Ollama
      assertThat(reply.usage().inputTokens()).isEqualTo(12);
      assertThat(reply.usage().outputTokens()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @MethodSource("wires")
  void understandsATruncatedAnswer(Provider provider, boolean streaming) throws Exception {
    assumeTrue(provider != Provider.OLLAMA, "aimock never says that of Ollama");

    Reply reply = ask(provider, streaming, "truncate");

    assertThat(reply.ending()).isEqualTo(Ending.TRUNCATED);
    assertThat(reply.text()).isEqualTo("def f(");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void understandsAContentFilter(boolean streaming) throws Exception {
    assertThat(ask(Provider.OPENAI, streaming, "filter").ending()).isEqualTo(Ending.FILTERED);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void understandsThrottling(Provider provider, boolean streaming) throws Exception {
    Reply reply = ask(provider, streaming, "throttle");

    assertThat(reply.ending()).isEqualTo(Ending.UNAVAILABLE);
    assertThat(reply.detail()).contains("429", "slow down");
    assertThat(time.passed()).isGreaterThanOrEqualTo(Duration.ofSeconds(9 * 3));
  }

  @ParameterizedTest
  @MethodSource("wires")
  void understandsABadKey(Provider provider, boolean streaming) throws Exception {
    Reply reply = ask(provider, streaming, "bad key");

    assertThat(reply.ending()).isEqualTo(Ending.DENIED);
    assertThat(reply.detail()).contains("401", "who are you", provider.name() + "_API_KEY");
  }

  private Reply ask(Provider provider, boolean streaming, String task) throws Exception {
    ModelSettings settings = ModelSettings.of(provider).withBaseUrl(url).withStreaming(streaming);
    try (LanguageModel model = Fixture.open(settings, new SimpleMeterRegistry(), time)) {
      return model.ask(new Prompt(Purpose.SCRIPT, "Be brief.", task, 50), Fixture.ACCOUNT);
    }
  }

  private static String readUrl() {
    try {
      BufferedReader said =
          new BufferedReader(new InputStreamReader(requireNonNull(server).getInputStream(), UTF_8));
      String line = said.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean ends(Duration within, String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(PLACE.toFile())
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      if (process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue() == 0;
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
