package io.telemetryinject.generator.author;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.ScannedFunction;
import io.telemetryinject.language.SourceRejectedException;
import io.telemetryinject.language.Telemetry;
import io.telemetryinject.language.Verdict;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionTask;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.Parameter;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptKeys;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.sandbox.ScriptAnswer;
import io.telemetryinject.sandbox.ScriptCall;
import io.telemetryinject.sandbox.ScriptSandbox;
import io.telemetryinject.sandbox.ScriptSandbox.Isolation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The verifier's step of validation: a new script on real functions and on corner cases of its key.
 */
final class SampleTrial {
  private static final int MAX_SAMPLES = 32;
  private static final int MAX_SHOWN = 4_000;

  private final LanguagePacks packs;
  private final ScriptSandbox sandbox;

  /**
   * A function with what it takes to judge a script's answer on it.
   *
   * @param showable whether a complaint may quote it: corner cases and skeletons, not user's code
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Sample(
      byte[] code, ScannedFunction function, Telemetry telemetry, boolean showable) {
    ScriptCall call(String script, String digest) {
      return new ScriptCall(
          script,
          digest,
          new String(code, UTF_8),
          function.qualifiedName(),
          function.parameters().stream().map(Parameter::name).toList(),
          telemetry.exceptions());
    }
  }

  SampleTrial(LanguagePacks packs, ScriptSandbox sandbox) {
    this.packs = packs;
    this.sandbox = sandbox;
  }

  /** Whether there is a function of the order's key to try a script on. */
  boolean hasSamples(GenerationOrder order) {
    return !samples(order).isEmpty();
  }

  /** The functions to try a script of this order on, as calls of that script. */
  List<ScriptCall> calls(GenerationOrder order, String script) {
    String digest = Sha256.of(script);
    return samples(order).stream().map(sample -> sample.call(script, digest)).toList();
  }

  /** How many of the calls, from the first on, a report may name and quote. */
  int showable(GenerationOrder order) {
    return (int) samples(order).stream().filter(Sample::showable).count();
  }

  /**
   * Which scripts do right by the first sample, all asked in one round trip: a hint that saves the
   * others' trials.
   */
  List<Boolean> promising(GenerationOrder order, List<String> scripts) {
    List<Sample> samples = samples(order);
    if (samples.isEmpty() || scripts.isEmpty()) {
      return Collections.nCopies(scripts.size(), false);
    }
    Sample first = samples.get(0);
    List<ScriptCall> calls =
        scripts.stream().map(script -> first.call(script, Sha256.of(script))).toList();
    return sandbox.run(calls, Isolation.BATCH).stream()
        .map(answer -> judge(order, first, answer).isEmpty())
        .toList();
  }

  /** The first complaint about what a script does to the samples, if there is one. */
  Optional<String> complaint(GenerationOrder order, String script) {
    List<Sample> samples = samples(order);
    String digest = Sha256.of(script);
    List<ScriptAnswer> answers =
        sandbox.run(
            samples.stream().map(sample -> sample.call(script, digest)).toList(), Isolation.BATCH);
    for (int i = 0; i < samples.size(); i++) {
      Optional<String> complaint = judge(order, samples.get(i), answers.get(i));
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return Optional.empty();
  }

  private Optional<String> judge(GenerationOrder order, Sample sample, ScriptAnswer answer) {
    String name = packs.of(order.key().language()).skeletonName(sample.function().qualifiedName());
    return answer.fold(
        answered -> {
          Verdict verdict =
              packs
                  .of(order.key().language())
                  .verifier()
                  .verify(
                      sample.function(), sample.code(), sample.telemetry(), answered.insertions());
          return verdict.isAccepted()
              ? Optional.empty()
              : Optional.of(
                  name
                      + ": "
                      + verdict.reason()
                      + ": "
                      + verdict.detail()
                      + shown(sample, answered.insertions()));
        },
        broken ->
            Optional.of(
                name
                    + ": "
                    + broken.code()
                    + ": "
                    + (sample.showable() ? broken.detail() : broken.kind())
                    + shown(sample, List.of())));
  }

  /** The function and what was inserted, where that may be seen. */
  private static String shown(Sample sample, List<Insertion> insertions) {
    if (!sample.showable()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\nthe function:\n");
    text.append(new String(sample.code(), UTF_8)).append("\nits insertions:\n");
    for (Insertion insertion : insertions) {
      String inserted = insertion.text().replace("\r", "\\r").replace("\n", "\\n");
      text.append("  ").append(insertion.offset()).append(": ").append(inserted).append('\n');
    }
    return text.length() <= MAX_SHOWN ? text.toString() : text.substring(0, MAX_SHOWN);
  }

  /** Skeletons first, since a complaint about one of them says most; what may not be seen last. */
  private List<Sample> samples(GenerationOrder order) {
    LanguagePack pack = packs.of(order.key().language());
    List<Sample> samples = new ArrayList<>();
    for (FunctionMetadata function : order.functions()) {
      addSample(pack, order, skeleton(pack, function), true, samples);
    }
    for (FunctionMetadata function : order.functions()) {
      addSample(pack, order, function.task(), false, samples);
    }
    for (String code : pack.templates().cornerCases()) {
      addSample(pack, order, new FunctionTask(0, 1, "corner", null, code), true, samples);
    }
    samples.sort(Comparator.comparing(sample -> !sample.showable()));
    return samples;
  }

  private static FunctionTask skeleton(LanguagePack pack, FunctionMetadata function) {
    FunctionTask task = function.task();
    return new FunctionTask(
        task.start(),
        task.line(),
        pack.skeletonName(task.qualifiedName()),
        task.classContext(),
        pack.skeleton(function));
  }

  /** Adds a function if it is of the order's key; a script promises nothing for others. */
  private static void addSample(
      LanguagePack pack,
      GenerationOrder order,
      FunctionTask task,
      boolean showable,
      List<Sample> samples) {
    if (samples.size() >= MAX_SAMPLES) {
      return;
    }
    byte[] code = task.code().getBytes(UTF_8);
    try {
      ScannedFunction function = pack.scanFunction(task, code);
      FunctionMetadata metadata = pack.describe(task, function, order.policy());
      if (function.skip() == null && keyOf(pack, metadata, order).equals(order.key())) {
        Telemetry telemetry = pack.telemetryFor(function, order.policy());
        samples.add(new Sample(code, function, telemetry, showable));
      }
    } catch (SourceRejectedException e) {
      // A corner case that this pack refuses is no sample; real ones were scanned before.
    }
  }

  private static ScriptKey keyOf(
      LanguagePack pack, FunctionMetadata metadata, GenerationOrder order) {
    return ScriptKeys.keyOf(metadata, order.policy(), pack.templates().lessonsVersion());
  }
}
