package io.telemetryinject.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telemetryinject.model.Insertion;
import io.telemetryinject.sandbox.ScriptSandbox.Isolation;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a script does to samples, judged on this side of the sandbox: alike every time, and once.
 */
final class Behaviour {
  private final ProcessSandbox sandbox;
  private final ProcessSandbox otherSeed;
  private final List<ScriptCall> samples;
  private final int showable;

  Behaviour(
      ProcessSandbox sandbox, ProcessSandbox otherSeed, List<ScriptCall> samples, int showable) {
    this.sandbox = sandbox;
    this.otherSeed = otherSeed;
    this.samples = samples;
    this.showable = showable;
  }

  /** Same answers under another hash seed, in another order; empty, or what differs. */
  String nondeterminism() {
    List<ScriptAnswer> first = sandbox.run(samples, Isolation.BATCH);
    List<ScriptCall> reversed = new ArrayList<>(samples);
    Collections.reverse(reversed);
    List<ScriptAnswer> second = new ArrayList<>(otherSeed.run(reversed, Isolation.BATCH));
    Collections.reverse(second);
    for (int i = 0; i < samples.size(); i++) {
      boolean quotable = i < showable;
      String broken = first.get(i).fold(answered -> "", b -> quotable ? b.detail() : b.kind());
      if (!broken.isEmpty()) {
        return sample(i) + " breaks the script: " + broken;
      }
      if (!first.get(i).equals(second.get(i))) {
        return sample(i) + " is answered differently in another process and order";
      }
    }
    return "";
  }

  /** Nothing to insert into what has it all; empty, or what is inserted again. */
  String repetition() {
    List<ScriptAnswer> first = sandbox.run(samples, Isolation.BATCH);
    List<ScriptCall> instrumented = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      ScriptCall sample = samples.get(i);
      String text =
          first.get(i).fold(a -> apply(sample.sourceCode(), a.insertions()), broken -> "");
      instrumented.add(withSource(sample, text));
    }
    List<ScriptAnswer> again = sandbox.run(instrumented, Isolation.BATCH);
    for (int i = 0; i < samples.size(); i++) {
      if (!again.get(i).equals(new ScriptAnswer.Answered(List.of()))) {
        return sample(i) + " is not left alone once it is instrumented: insertions() must be []";
      }
    }
    return textualRepetition();
  }

  private String textualRepetition() {
    List<String> once = insertTelemetry(samples);
    List<ScriptCall> instrumented = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      instrumented.add(withSource(samples.get(i), once.get(i)));
    }
    List<String> twice = insertTelemetry(instrumented);
    for (int i = 0; i < samples.size(); i++) {
      if (once.get(i).isEmpty() || !once.get(i).equals(twice.get(i))) {
        return sample(i) + " is changed by a second insert_telemetry(), or breaks it";
      }
    }
    return "";
  }

  private List<String> insertTelemetry(List<ScriptCall> calls) {
    return sandbox.run(calls, Isolation.BATCH, CallJob.Entry.INSERT_TELEMETRY).stream()
        .map(answer -> answer.fold(a -> a.insertions().get(0).text(), broken -> ""))
        .toList();
  }

  private String sample(int index) {
    String name = index < showable ? samples.get(index).qualifiedName() : "a real function";
    return String.format("sample %d (%s)", index + 1, name);
  }

  private static ScriptCall withSource(ScriptCall call, String source) {
    return new ScriptCall(
        call.script(),
        call.scriptDigest(),
        source,
        call.qualifiedName(),
        call.parameters(),
        call.exceptions());
  }

  /** Empty when the insertions do not fit the text. */
  private static String apply(String source, List<Insertion> insertions) {
    byte[] bytes = source.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int done = 0;
    for (Insertion insertion : insertions) {
      if (insertion.offset() < done || insertion.offset() > bytes.length) {
        return "";
      }
      out.write(bytes, done, insertion.offset() - done);
      out.writeBytes(insertion.text().getBytes(UTF_8));
      done = insertion.offset();
    }
    out.write(bytes, done, bytes.length - done);
    return out.toString(UTF_8);
  }
}
