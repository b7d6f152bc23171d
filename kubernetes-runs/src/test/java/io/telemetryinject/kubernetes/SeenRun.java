package io.telemetryinject.kubernetes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes down what an observer is told. */
final class SeenRun implements RunObserver {
  final List<String> states = new CopyOnWriteArrayList<>();
  final List<String> attempts = new CopyOnWriteArrayList<>();
  final List<String> lines = new CopyOnWriteArrayList<>();
  final List<String> remarks = new CopyOnWriteArrayList<>();

  @Override
  public void changed(RunStatus status) {
    states.add(status.state());
  }

  @Override
  public void attempt(int number, String pod) {
    attempts.add(number + " " + pod);
  }

  @Override
  public void line(String line) {
    lines.add(line);
  }

  @Override
  public void remark(String sentence) {
    remarks.add(sentence);
  }
}
