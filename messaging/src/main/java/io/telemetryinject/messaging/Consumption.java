package io.telemetryinject.messaging;

/**
 * A topic of the pipeline and the consumer group that reads it.
 *
 * @param role of the workers that are in that group
 */
public record Consumption(String topic, String group, String role) {}
