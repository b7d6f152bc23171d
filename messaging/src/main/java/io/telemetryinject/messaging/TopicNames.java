package io.telemetryinject.messaging;

import io.telemetryinject.model.Topic;

/** The pipeline's topics under the configured prefix; listeners name them in SpEL. */
public record TopicNames(String prefix) {

  public String functionTasks() {
    return Topic.FUNCTION_TASKS.name(prefix);
  }

  public String scriptRequests() {
    return Topic.SCRIPT_REQUESTS.name(prefix);
  }

  public String executions() {
    return Topic.EXECUTIONS.name(prefix);
  }

  public String outcomes() {
    return Topic.OUTCOMES.name(prefix);
  }

  public String runs() {
    return Topic.RUNS.name(prefix);
  }

  String of(Topic topic) {
    return topic.name(prefix);
  }
}
