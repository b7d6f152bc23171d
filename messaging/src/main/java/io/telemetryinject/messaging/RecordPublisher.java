package io.telemetryinject.messaging;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.FunctionTaskBatch;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.RecordCodec;
import io.telemetryinject.model.RunStatus;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.model.Topic;
import java.util.concurrent.CompletableFuture;
import org.springframework.kafka.core.KafkaOperations;

/** Sends records to the topic, and under the key, that their kind has. */
public final class RecordPublisher {
  private final KafkaOperations<String, byte[]> kafka;
  private final TopicNames topics;
  private final RecordCodec codec;

  public RecordPublisher(
      KafkaOperations<String, byte[]> kafka, TopicNames topics, RecordCodec codec) {
    this.kafka = requireNonNull(kafka, "kafka is null");
    this.topics = requireNonNull(topics, "topics is null");
    this.codec = requireNonNull(codec, "codec is null");
  }

  public CompletableFuture<?> publish(FunctionTaskBatch batch) {
    return send(Topic.FUNCTION_TASKS, batch.file().id(), batch);
  }

  public CompletableFuture<?> publish(ScriptRequest request) {
    return send(Topic.SCRIPT_REQUESTS, request.key().digest(), request);
  }

  public CompletableFuture<?> publish(ExecutionBatch batch) {
    return send(Topic.EXECUTIONS, batch.file().id(), batch);
  }

  public CompletableFuture<?> publish(OutcomeBatch batch) {
    return send(Topic.OUTCOMES, batch.file().id(), batch);
  }

  public CompletableFuture<?> publish(RunStatus status) {
    return send(Topic.RUNS, status.name(), status);
  }

  private CompletableFuture<?> send(Topic topic, String key, Object body) {
    return kafka.send(topics.of(topic), key, codec.encode(body));
  }
}
