package io.telemetryinject.inject;

import io.telemetryinject.coordinator.Destination;
import io.telemetryinject.coordinator.RunRequest;
import io.telemetryinject.model.ExceptionPolicy;
import io.telemetryinject.model.KeyKind;
import io.telemetryinject.model.RunPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What most tests ask for. */
public final class TestRequest {
  private TestRequest() {}

  /** All of the input, by shape, with exceptions captured, into a tree of its own. */
  public static RunRequest of(Path input, Path output, Duration patience) {
    return new RunRequest(
        input,
        new Destination.Tree(output),
        new RunPolicy(ExceptionPolicy.CAPTURE, KeyKind.SHAPE, false),
        List.of(),
        List.of(),
        Set.of(),
        1,
        patience);
  }
}
