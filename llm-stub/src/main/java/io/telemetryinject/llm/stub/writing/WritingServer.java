package io.telemetryinject.llm.stub.writing;

import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.StubAnswer;
import io.telemetryinject.llm.stub.WireProtocol;
import java.time.Duration;

/**
 * A stub to run by hand: {@code PORT general|own-shape [wrong-at-first] [delay=MILLIS]}. It needs
 * no model and no account, and what it writes is no model's work.
 */
public final class WritingServer {
  private WritingServer() {}

  public static void main(String[] arguments) {
    WritingModel model =
        arguments.length > 1 && arguments[1].equals("own-shape")
            ? WritingModel.ofOwnShape()
            : WritingModel.general();
    Duration delay = Duration.ZERO;
    for (String argument : arguments) {
      if (argument.equals("wrong-at-first")) {
        model = model.wrongAtFirst();
      } else if (argument.startsWith("delay=")) {
        delay = Duration.ofMillis(Long.parseLong(argument.substring("delay=".length())));
      }
    }
    WritingModel answers = model;
    Duration wait = delay;
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8089;
    LlmStub stub =
        LlmStub.start(request -> StubAnswer.delayed(wait, answers.answer(request)), port);
    for (WireProtocol protocol : WireProtocol.values()) {
      System.out.println(protocol + " " + stub.baseUrl(protocol));
    }
  }
}
