package io.telemetryinject.broker;

/** A Kafka broker of this process; what it was given is still there when it is started again. */
public interface EmbeddedBroker extends AutoCloseable {

  /** {@code host:port}, as clients want it; another port each time. */
  String bootstrapServers();

  /** Shuts down in order, so that the next start need not wait. */
  @Override
  void close();
}
