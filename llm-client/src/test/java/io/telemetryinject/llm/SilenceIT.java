package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.StubAnswer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Neither keys nor source text in logs, even when everything is logged. */
class SilenceIT {
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level usual = root.getLevel();
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  @BeforeEach
  void listen() {
    heard.start();
    root.addAppender(heard);
    root.getAppender("stderr").stop();
    root.setLevel(Level.ALL);
  }

  @AfterEach
  void stop() {
    root.detachAppender(heard);
    root.setLevel(usual);
    root.getAppender("stderr").start();
  }

  @ParameterizedTest
  @MethodSource("io.telemetryinject.llm.WireIT#wires")
  void saysNoKeyAndNoPromptWhateverHappens(Provider provider, boolean streaming) throws Exception {
    List<StubAnswer> answers =
        List.of(
            StubAnswer.text("said by the model"),
            StubAnswer.refusal(),
            StubAnswer.throttled(Duration.ZERO),
            StubAnswer.serverError(),
            StubAnswer.cut(),
            StubAnswer.error(401, "not " + Fixture.SECRET));
    for (StubAnswer answer : answers) {
      try (LlmStub stub = LlmStub.start(request -> answer);
          LanguageModel model = Fixture.open(stub, provider, streaming, new VirtualTime())) {
        Reply reply = model.ask(Fixture.prompt(), Fixture.ACCOUNT);

        assertThat(reply.toString()).doesNotContain(Fixture.SECRET);
        assertThat(model.toString()).doesNotContain(Fixture.SECRET);
      }
    }

    WireIT raw = new WireIT();
    raw.askRaw(provider, streaming, 200, "unreadable {source} text");
    raw.askRaw(provider, streaming, 200, "data: unreadable\n\nevent: x\ndata: {source\n\n");

    assertThat(said())
        .doesNotContain("unreadable", "source")
        .doesNotContain(Fixture.SECRET)
        .doesNotContain(Fixture.prompt().task())
        .doesNotContain("said by the model");
  }

  @Test
  void controlHearsWhatIsLogged() {
    LoggerFactory.getLogger("dev.langchain4j").trace("heard", new IllegalStateException("why"));

    assertThat(said()).contains("heard", "why");
  }

  private String said() {
    return heard.list.stream()
        .map(
            event ->
                event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .collect(Collectors.joining("\n"));
  }
}
