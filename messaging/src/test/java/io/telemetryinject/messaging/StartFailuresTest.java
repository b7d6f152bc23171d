package io.telemetryinject.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;

class StartFailuresTest {
  private final StartFailures failures = new StartFailures();

  private static final class OwnException extends Exception {
    private static final long serialVersionUID = 1L;

    OwnException(String message) {
      super(message);
    }
  }

  @Test
  void saysWhatOurOwnErrorSays() {
    Exception ours = new OwnException("cannot list s3://b\n  Create the bucket,\n  or another.");

    FailureAnalysis analysis = failures.analyze(new BeanCreationException("cacheTiers", "", ours));

    assertThat(analysis).isNotNull();
    assertThat(analysis.getDescription()).isEqualTo("cannot list s3://b");
    assertThat(analysis.getAction()).isEqualTo("Create the bucket, or another.");
    assertThat(analysis.getCause()).isSameAs(ours);
  }

  @Test
  void leavesOthersErrorsToOthers() {
    assertThat(failures.analyze(new BeanCreationException("x", "", new IllegalStateException("y"))))
        .isNull();
  }
}
