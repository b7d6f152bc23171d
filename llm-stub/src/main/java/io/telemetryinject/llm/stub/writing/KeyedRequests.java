package io.telemetryinject.llm.stub.writing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.python.PythonPack;
import io.telemetryinject.llm.stub.StubRequest;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.ScriptKeys;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.model.Sha256;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Requests for scripts none of which can serve another's functions, so that every key costs its
 * calls: each function has a parameter that {@link WritingModel#ofOwnKey} has its scripts insist
 * on.
 */
public final class KeyedRequests {
  private static final Pattern MARK = Pattern.compile("\\bonly_\\d+\\b");
  private static final PythonPack PACK = new PythonPack();
  private static final RunPolicy POLICY =
      new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SIGNATURE, false);

  private KeyedRequests() {}

  /** So many requests of one run, each with a function and a key of its own. */
  public static List<ScriptRequest> of(int keys) {
    RunId run = new RunId(Sha256.of("keyed requests"));
    return IntStream.range(0, keys).mapToObj(n -> request(run, n)).toList();
  }

  /** Which of the requests a prompt is about; empty for none. */
  public static String keyIn(StubRequest request) {
    return markIn(request.user());
  }

  private static ScriptRequest request(RunId run, int number) {
    String code = "def work(only_" + number + "):\n    return only_" + number;
    FunctionTask task = new FunctionTask(0, 1, "work", null, code);
    FunctionMetadata function;
    try {
      function = PACK.describe(task, PACK.scanFunction(task, code.getBytes(UTF_8)), POLICY);
    } catch (SourceRejectedException e) {
      throw new IllegalStateException(e);
    }
    return new ScriptRequest(
        run,
        new FileRef("work/" + number + ".py", Sha256.of(code), Language.PYTHON),
        POLICY,
        ScriptKeys.keyOf(function, POLICY, PACK.templates().lessonsVersion()),
        List.of(),
        List.of(function),
        null);
  }

  /** The tests' own functions have no such parameter, and are served by every script. */
  static String scriptForOnly(String prompt) {
    return Works.twisted(
        Works.generalScript(),
        "marked = [p for p in context[\"parameters\"] if p.startswith(\"only_\")]\n"
            + "    if marked and marked != [\""
            + markIn(prompt)
            + "\"]:\n"
            + "        raise ValueError(\"a function of another key\")\n"
            + "    return edits");
  }

  private static String markIn(String prompt) {
    Matcher mark = MARK.matcher(prompt);
    return mark.find() ? mark.group() : "";
  }
}
