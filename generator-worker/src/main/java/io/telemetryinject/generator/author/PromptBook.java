package io.telemetryinject.generator.author;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.telemetryinject.generator.author.AnswerText.Flaw;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.ScriptTemplates;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.sandbox.ValidationReport.Step;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What models are told, from the resource files of a language. What all prompts share comes first
 * and is the same byte for byte, so that a provider can cache it.
 */
final class PromptBook {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z]+)}");
  private static final int MAX_FUNCTIONS = 3;
  private static final int MAX_FAILURE = 6_000;

  private final LanguagePack pack;
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final String shared;

  PromptBook(LanguagePack pack) {
    this.pack = pack;
    ScriptTemplates templates = pack.templates();
    String lessons = templates.lessons().stream().map(templates::lesson).collect(joining("\n"));
    this.shared =
        fill("shared", Map.of("lessons", lessons, "attributes", page("attributes").strip()));
  }

  /** Contract, forms and lessons: the beginning of every prompt. */
  String shared() {
    return shared;
  }

  String tests(GenerationOrder order) {
    return fill("tests", Map.of("subject", subject(order)));
  }

  String testsAgain(GenerationOrder order, String tests, String failure) {
    return fill(
        "tests-again",
        Map.of("subject", subject(order), "tests", tests, "failure", bounded(failure)));
  }

  String script(GenerationOrder order, String tests) {
    return fill("script", Map.of("subject", subject(order), "tests", tests));
  }

  String heal(GenerationOrder order, Draft draft, Step failed) {
    return fill(
        "heal",
        Map.of(
            "subject", subject(order),
            "step", failed.name(),
            "failure", bounded(failed.detail()),
            "script", draft.script(),
            "tests", draft.tests()));
  }

  String again(String task, Flaw flaw) {
    return fill("again", Map.of("task", task, "flaw", flaw.phrase()));
  }

  String explained(String task) {
    return fill("explained", Map.of("task", task));
  }

  /** A function to instrument without a script; its text as it is, since it is to come back. */
  String direct(FunctionMetadata function, String intent) {
    return fill(
        "direct",
        Map.of(
            "exceptions", function.exceptions().word().equals("capture") ? "captured" : "ignored",
            "name", function.task().qualifiedName(),
            "parameters",
                function.parameters().stream().map(Parameter::name).collect(joining(", ")),
            "intent", intent.isEmpty() ? "" : intentLine(intent),
            "function", function.task().code()));
  }

  String directAgain(FunctionMetadata function, String intent, String failure) {
    return fill(
        "direct-again", Map.of("task", direct(function, intent), "failure", bounded(failure)));
  }

  private String subject(GenerationOrder order) {
    String intent = order.policy().intent();
    return fill(
            "subject",
            Map.of(
                "shape", String.join(", ", order.example().shape().traits()),
                "functions", functions(order.functions()),
                "intent", intent.isEmpty() ? "" : "\n" + intentLine(intent)))
        .strip();
  }

  private static String intentLine(String intent) {
    return "Intent, to be honoured with `_tel.attr` lines where a parameter fits: " + intent + "\n";
  }

  private String functions(List<FunctionMetadata> functions) {
    return functions.stream()
        .map(pack::skeleton)
        .distinct()
        .limit(MAX_FUNCTIONS)
        .map(skeleton -> "<function>\n" + skeleton + "\n</function>\n")
        .collect(joining());
  }

  private static String bounded(String text) {
    return text.length() <= MAX_FAILURE ? text : text.substring(0, MAX_FAILURE) + "\n[cut]";
  }

  /** One pass, so that what is filled in is never taken for a place. */
  private String fill(String name, Map<String, String> values) {
    return PLACE
        .matcher(page(name))
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalStateException(name + ".md: nothing for " + place.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private String page(String name) {
    return pages.computeIfAbsent(name, n -> read(pack.language().id() + "/" + n + ".md"));
  }

  private static String read(String path) {
    try (InputStream in = PromptBook.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new FileNotFoundException("not packaged: " + path);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
