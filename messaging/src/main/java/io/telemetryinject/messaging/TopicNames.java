package io.telemetryinject.messaging;

import io.telemetryinject.model.Topic;

/** The pipeline's topics and groups under the configured prefix; listeners name them in SpEL. */
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

  /** The consumer group of all workers of a role. */
  public String groupOf(String role) {
    return prefix + role;
  }

  /** What workers of a role read. */
  public Consumption consumption(String topic, String role) {
    return new Consumption(topic, groupOf(role), role);
  }

  String of(Topic topic) {
    return topic.name(prefix);
  }
}
