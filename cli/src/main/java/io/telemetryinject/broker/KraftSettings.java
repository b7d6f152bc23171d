package io.telemetryinject.broker;

import io.telemetryinject.model.Limits;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How the one node is set up: broker and controller in one, small, on this machine only. */
final class KraftSettings {
  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";
  private static final String HOST = "127.0.0.1";

  /** Room for a record's key, headers and batch around its value. */
  private static final int MESSAGE_BYTES = Limits.RECORD_BYTES + (2 << 20);

  private KraftSettings() {}

  static String bootstrapServers(int port) {
    return HOST + ":" + port;
  }

  static Map<String, Object> of(Path records, int port, int controllerPort) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", NODE);
    settings.put("log.dirs", records.toString());
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
    settings.put(
        "listeners",
        "PLAINTEXT://%s:%d,%s://%s:%d".formatted(HOST, port, CONTROLLER, HOST, controllerPort));
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.putAll(alone());
    settings.putAll(prompt());
    settings.putAll(durable());
    settings.putAll(small());
    // Kafka parses text into whatever width it wants, but takes no int for a short.
    settings.replaceAll((name, value) -> value.toString());
    return settings;
  }

  /** There is nobody to replicate to. */
  private static Map<String, Object> alone() {
    return Map.of(
        "default.replication.factor", 1,
        "min.insync.replicas", 1,
        "offsets.topic.replication.factor", 1,
        "transaction.state.log.replication.factor", 1,
        "transaction.state.log.min.isr", 1,
        "share.coordinator.state.topic.replication.factor", 1,
        "share.coordinator.state.topic.min.isr", 1,
        "auto.create.topics.enable", false);
  }

  /** A person waits for the start. */
  private static Map<String, Object> prompt() {
    return Map.of(
        "group.initial.rebalance.delay.ms", 0,
        // A start after a crash waits until the old registration has expired.
        "broker.session.timeout.ms", 3_000,
        "broker.heartbeat.interval.ms", 200,
        "controlled.shutdown.enable", true,
        "offsets.topic.num.partitions", 1,
        "transaction.state.log.num.partitions", 1,
        "share.coordinator.state.topic.num.partitions", 1);
  }

  /** Nothing goes until the directory does; after a crash only the last segments are read again. */
  private static Map<String, Object> durable() {
    return Map.of(
        "log.retention.ms",
        -1,
        "log.retention.bytes",
        -1,
        "log.segment.bytes",
        64 << 20,
        "message.max.bytes",
        MESSAGE_BYTES);
  }

  /** The pipeline around it needs the machine. */
  private static Map<String, Object> small() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("num.network.threads", 2);
    settings.put("num.io.threads", 2);
    settings.put("num.replica.fetchers", 1);
    settings.put("num.recovery.threads.per.data.dir", 2);
    settings.put("background.threads", 2);
    settings.put("group.coordinator.threads", 1);
    settings.put("share.coordinator.threads", 1);
    settings.put("log.cleaner.dedupe.buffer.size", 2 << 20);
    settings.put("log.index.size.max.bytes", 1 << 20);
    settings.put("metadata.max.idle.interval.ms", 0);
    settings.put("metric.reporters", "");
    return settings;
  }
}
