package io.telemetryinject.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Orders and templates for tests. */
final class Orders {
  static final String REPO = "https://git.example.com/shop/shop.git";

  private Orders() {}

  static RunOrder order() throws RunProblem {
    return order("s3://results/shop");
  }

  static RunOrder order(String output) throws RunProblem {
    return order(output, JobChoices.of("jane@example.com"));
  }

  static RunOrder order(String output, JobChoices job) throws RunProblem {
    return new RunOrder(
        RepositoryAddress.of(REPO), "main", BucketAddress.of(output), RunChoices.DEFAULT, job);
  }

  static JobChoices named(String name) {
    return new JobChoices(name, "jane@example.com", null, null, null, false);
  }

  static CronJob template() {
    try (InputStream yaml = Orders.class.getResourceAsStream("/run-template.yaml")) {
      return Serialization.unmarshal(yaml, CronJob.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
