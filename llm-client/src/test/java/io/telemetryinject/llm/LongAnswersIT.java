package io.telemetryinject.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.StubAnswer;
import io.telemetryinject.llm.stub.StubAnswer.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers much longer than usual: whoever serves them must not bring the caller down. */
class LongAnswersIT {
  private static final String WORDS = "I can't \"help\" with that.\n".repeat(20_000);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsARefusalOfManyWords(boolean streaming) throws Exception {
    try (LlmStub stub = LlmStub.start(request -> new StubAnswer.Text(WORDS, Stop.REFUSAL));
        LanguageModel model = Fixture.open(stub, Provider.OPENAI, streaming, new VirtualTime())) {
      Reply reply = model.ask(Fixture.prompt(), Fixture.ACCOUNT);

      assertThat(reply.ending()).isEqualTo(Ending.REFUSED);
    }
  }

  @Test
  void readsCodeThatIsFullOfQuotes() throws Exception {
    try (LlmStub stub = LlmStub.start(request -> StubAnswer.text("\"refusal\": \"" + WORDS));
        LanguageModel model = Fixture.open(stub, Provider.OPENAI, false, new VirtualTime())) {
      assertThat(model.ask(Fixture.prompt(), Fixture.ACCOUNT).ending()).isEqualTo(Ending.COMPLETE);
    }
  }
}
