package io.telemetryinject.messaging;

/** A topic of the pipeline and the consumer group that reads it. */
public record Consumption(String topic, String group) {}
