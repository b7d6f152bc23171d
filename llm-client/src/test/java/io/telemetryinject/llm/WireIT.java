package io.telemetryinject.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.StubAnswer;
import io.telemetryinject.llm.stub.StubRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every ending over every wire protocol, streamed and not, against a local server. */
class WireIT {
  private final VirtualTime time = new VirtualTime();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  static Stream<Arguments> wires() {
    return Stream.of(Provider.values())
        .flatMap(provider -> Stream.of(arguments(provider, false), arguments(provider, true)));
  }

  @ParameterizedTest
  @MethodSource("wires")
  void completesWithUsage(Provider provider, boolean streaming) throws Exception {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.text("print('ä')\nprint(2)\n"));
        LanguageModel model = Fixture.open(stub, provider, streaming, time)) {
      Reply reply = model.ask(Fixture.prompt(), Fixture.ACCOUNT);

      assertThat(reply.ending()).isEqualTo(Ending.COMPLETE);
      assertThat(reply.text()).isEqualTo("print('ä')\nprint(2)\n");
      assertThat(reply.detail()).isEmpty();
      assertThat(reply.usage().calls()).isEqualTo(1);
      assertThat(reply.usage().inputTokens()).isEqualTo(7 + 4);
      assertThat(reply.usage().outputTokens()).isEqualTo(6);
      assertThat(reply.usage().microDollars() > 0).isEqualTo(provider != Provider.OLLAMA);
      StubRequest request = stub.requests().get(0);
      assertThat(request.system()).isEqualTo(Fixture.prompt().shared());
      assertThat(request.user()).isEqualTo(Fixture.prompt().task());
      assertThat(request.maxTokens()).isEqualTo(100);
      assertThat(request.streaming()).isEqualTo(streaming);
      assertThat(request.model()).isEqualTo(model.name().model());
    }
  }

  @ParameterizedTest
  @MethodSource("wires")
  void tellsTruncationFromCompletion(Provider provider, boolean streaming) throws Exception {
    Reply reply = ask(provider, streaming, StubAnswer.truncated("def f("));

    assertThat(reply.ending()).isEqualTo(Ending.TRUNCATED);
    assertThat(reply.text()).isEqualTo("def f(");
    assertThat(reply.detail()).contains("100 tokens");
  }

  @ParameterizedTest
  @MethodSource("wires")
  void tellsRefusalWhereTheProtocolDoes(Provider provider, boolean streaming) throws Exception {
    Reply reply = ask(provider, streaming, StubAnswer.refusal());

    assertThat(reply.text()).isEqualTo("I can't help with that.");
    assertThat(reply.usage().outputTokens()).isEqualTo(6);
    assertThat(reply.ending())
        .isEqualTo(provider == Provider.OLLAMA ? Ending.COMPLETE : Ending.REFUSED);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void tellsContentFilterWhereTheProtocolDoes(Provider provider, boolean streaming)
      throws Exception {
    Reply reply = ask(provider, streaming, StubAnswer.contentFilter());

    assertThat(reply.ending())
        .isEqualTo(
            switch (provider) {
              case OPENAI -> Ending.FILTERED;
              case ANTHROPIC -> Ending.REFUSED;
              case OLLAMA -> Ending.EMPTY;
            });
  }

  @ParameterizedTest
  @MethodSource("wires")
  void tellsFilteredPrompt(Provider provider, boolean streaming) throws Exception {
    Reply reply =
        ask(
            provider,
            streaming,
            StubAnswer.error(400, "Output blocked by content filtering policy"));

    assertThat(reply.ending()).isEqualTo(Ending.FILTERED);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void takesFieldsInAnAnswerForText(Provider provider, boolean streaming) throws Exception {
    String tricky = "{\"refusal\": \"no\", \"stop_reason\": \"refusal\"} data: insufficient_quota";

    Reply reply = ask(provider, streaming, StubAnswer.text(tricky));

    assertThat(reply.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(reply.text()).isEqualTo(tricky);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void tellsEmptyAnswer(Provider provider, boolean streaming) throws Exception {
    assertThat(ask(provider, streaming, StubAnswer.empty()).ending()).isEqualTo(Ending.EMPTY);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void obeysRetryAfter(Provider provider, boolean streaming) throws Exception {
    Reply reply =
        ask(
            provider,
            streaming,
            StubAnswer.throttled(Duration.ofSeconds(7)),
            StubAnswer.text("ok"));

    assertThat(reply.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(reply.usage().calls()).isEqualTo(2);
    assertThat(time.passed()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @MethodSource("wires")
  void waitsWhenOverloaded(Provider provider, boolean streaming) throws Exception {
    Reply reply = ask(provider, streaming, StubAnswer.overloaded(), StubAnswer.text("ok"));

    assertThat(reply.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(time.passed()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @MethodSource("wires")
  void givesUpOnEndlessThrottling(Provider provider, boolean streaming) throws Exception {
    Reply reply = ask(provider, streaming, StubAnswer.throttled(Duration.ofSeconds(1)));

    assertThat(reply.ending()).isEqualTo(Ending.UNAVAILABLE);
    assertThat(reply.detail()).contains("429").contains("10 times");
  }

  @ParameterizedTest
  @MethodSource("wires")
  void retriesServerErrors(Provider provider, boolean streaming) throws Exception {
    StubAnswer error = StubAnswer.serverError();

    Reply reply = ask(provider, streaming, error, error, StubAnswer.text("ok"));

    assertThat(reply.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(reply.usage().calls()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void givesUpOnLastingServerErrors(Provider provider, boolean streaming) throws Exception {
    Reply reply = ask(provider, streaming, StubAnswer.serverError());

    assertThat(reply.ending()).isEqualTo(Ending.UNAVAILABLE);
    assertThat(reply.usage()).isEqualTo(new Usage(5, 0, 0, 0));
    assertThat(reply.detail()).contains("500").contains("5 times");
  }

  @ParameterizedTest
  @MethodSource("wires")
  void retriesCutConnectionAndChargesIt(Provider provider, boolean streaming) throws Exception {
    Reply reply = ask(provider, streaming, StubAnswer.cut(), StubAnswer.text("ok"));

    assertThat(reply.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(reply.usage().calls()).isEqualTo(2);
    assertThat(reply.usage().outputTokens()).isEqualTo(100 + 1);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void endsHangingCalls(Provider provider, boolean streaming) throws Exception {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.hang(Duration.ofMinutes(1)))) {
      ModelSettings settings =
          Fixture.settings(stub, provider, streaming)
              .withCallTimeout(Duration.ofMillis(200))
              .withAttempts(2);
      try (LanguageModel model = Fixture.open(settings, new SimpleMeterRegistry(), time)) {
        Reply reply = model.ask(Fixture.prompt(), Fixture.ACCOUNT);

        assertThat(reply.ending()).isEqualTo(Ending.UNAVAILABLE);
        assertThat(reply.detail()).contains("no whole answer");
        assertThat(reply.usage().calls()).isEqualTo(2);
        assertThat(reply.usage().outputTokens()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("wires")
  void saysWhatToDoAboutKeysAndNames(Provider provider, boolean streaming) throws Exception {
    Reply badKey = ask(provider, streaming, StubAnswer.error(401, "bad key " + Fixture.SECRET));
    Reply badName = ask(provider, streaming, StubAnswer.error(404, "no such model"));

    assertThat(badKey.ending()).isEqualTo(Ending.DENIED);
    assertThat(badKey.usage().calls()).isEqualTo(1);
    assertThat(badKey.detail())
        .contains("401", "bad key ***", provider.name() + "_API_KEY", "http://127.0.0.1")
        .doesNotContain(Fixture.SECRET);
    assertThat(badName.ending()).isEqualTo(Ending.DENIED);
    assertThat(badName.detail())
        .contains(provider == Provider.OLLAMA ? "ollama pull" : "check the name of the model");
  }

  @Test
  void doesNotRetryAnAccountWithoutCredit() throws Exception {
    Reply reply = ask(Provider.OPENAI, false, StubAnswer.error(429, "insufficient_quota"));

    assertThat(reply.ending()).isEqualTo(Ending.DENIED);
    assertThat(reply.detail()).contains("no credit left");
  }

  @Test
  void saysWhenNothingAnswers() throws Exception {
    LlmStub stub = LlmStub.start(request -> StubAnswer.empty());
    stub.close();
    try (LanguageModel model = Fixture.open(stub, Provider.OLLAMA, false, time)) {
      Reply reply = model.ask(Fixture.prompt(), Fixture.ACCOUNT);

      assertThat(reply.ending()).isEqualTo(Ending.UNAVAILABLE);
      assertThat(reply.detail()).contains("is the server running?");
      assertThat(reply.usage().inputTokens()).isZero();
    }
  }

  @Test
  void marksWhatPromptsShareForAnthropicsCache() throws Exception {
    Reply reply = askRaw(Provider.ANTHROPIC, false, 400, "");

    assertThat(reply.ending()).isEqualTo(Ending.DENIED);
    assertThat(bodies.get(0).replaceAll("\\s", ""))
        .contains("\"cache_control\":{\"type\":\"ephemeral\"");
  }

  @Test
  void doesNotTakeHalfAStreamForAnAnswer() throws Exception {
    String chunk =
        """
        data: {"choices":[{"index":0,"delta":{"content":"half"},"finish_reason":null}]}

        """;

    Reply reply = askRaw(Provider.OPENAI, true, 200, chunk);
    Reply afterAnError =
        askRaw(
            Provider.OPENAI,
            true,
            200,
            chunk + "data: {\"error\":{\"message\":\"oh\"}}\n\ndata: [DONE]\n\n");

    assertThat(reply.ending()).isEqualTo(Ending.UNAVAILABLE);
    assertThat(reply.detail()).contains("broke off before its end");
    assertThat(afterAnError.ending()).isEqualTo(Ending.UNAVAILABLE);
  }

  @Test
  void slowsDownForAnOverloadInTheMiddleOfAStream() throws Exception {
    String error =
        """
        event: error
        data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

        """;

    Reply reply = askRaw(Provider.ANTHROPIC, true, 200, error);

    assertThat(reply.ending()).isEqualTo(Ending.UNAVAILABLE);
    assertThat(bodies).hasSize(10);
    assertThat(time.passed()).isGreaterThan(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @MethodSource("wires")
  void retriesAnAnswerThatCannotBeRead(Provider provider, boolean streaming) throws Exception {
    Reply reply = askRaw(provider, streaming, 200, "<html>");

    assertThat(reply.ending()).isEqualTo(Ending.UNAVAILABLE);
    assertThat(bodies).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void followsNoRedirect(Provider provider, boolean streaming) throws Exception {
    Reply reply = askRaw(provider, streaming, 307, "");

    assertThat(reply.ending()).isEqualTo(Ending.DENIED);
    assertThat(reply.detail()).contains("redirects");
    assertThat(bodies).hasSize(1);
  }

  @Test
  void endsWhenInterruptedInTheMiddleOfACall() throws Exception {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.hang(Duration.ofMinutes(1)));
        LanguageModel model = Fixture.open(stub, Provider.OPENAI, false, time)) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread asker =
          new Thread(
              () -> {
                try {
                  model.ask(Fixture.prompt(), Fixture.ACCOUNT);
                } catch (InterruptedException e) {
                  thrown.set(e);
                }
              });
      asker.start();
      await().until(() -> !stub.requests().isEmpty());

      asker.interrupt();
      asker.join(5000);

      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void countsWhatWasAskedAndTaken() throws Exception {
    MeterRegistry meters = new SimpleMeterRegistry();
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.text("okay"));
        LanguageModel model =
            Fixture.open(Fixture.settings(stub, Provider.OPENAI, false), meters, time)) {
      model.ask(Fixture.prompt(), Fixture.ACCOUNT);

      assertThat(
              meters
                  .get("telemetry.inject.llm.calls")
                  .tags("provider", "openai", "model", "gpt-4.1-mini")
                  .tags("purpose", "script", "ending", "complete")
                  .counter()
                  .count())
          .isEqualTo(1);
      assertThat(
              meters.get("telemetry.inject.llm.tokens").tag("direction", "input").counter().count())
          .isEqualTo(11);
      assertThat(meters.get("telemetry.inject.llm.cost").counter().count())
          .isCloseTo(6e-6, within(1e-12));
      assertThat(meters.get("telemetry.inject.llm.request.duration").timer().count()).isEqualTo(1);
      assertThat(meters.get("telemetry.inject.llm.breaker.state").gauge().value()).isZero();
      assertThat(meters.get("telemetry.inject.llm.concurrent.calls").gauge().value()).isZero();
    }
  }

  /** The stub gives these answers in turn, the last one for ever. */
  private Reply ask(Provider provider, boolean streaming, StubAnswer... answers) throws Exception {
    AtomicInteger next = new AtomicInteger();
    try (LlmStub stub =
            LlmStub.start(
                request -> answers[Math.min(next.getAndIncrement(), answers.length - 1)]);
        LanguageModel model = Fixture.open(stub, provider, streaming, time)) {
      return model.ask(Fixture.prompt(), Fixture.ACCOUNT);
    }
  }

  /** A server that says the same to everything, whatever the protocol. */
  Reply askRaw(Provider provider, boolean streaming, int status, String body) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        http -> {
          bodies.add(new String(http.getRequestBody().readAllBytes(), UTF_8));
          http.getResponseHeaders().set("Location", "/elsewhere");
          http.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
          http.getResponseBody().write(body.getBytes(UTF_8));
          http.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    ModelSettings settings = ModelSettings.of(provider).withBaseUrl(url).withStreaming(streaming);
    try (LanguageModel model = Fixture.open(settings, new SimpleMeterRegistry(), time)) {
      return model.ask(Fixture.prompt(), Fixture.ACCOUNT);
    } finally {
      server.stop(0);
    }
  }
}
