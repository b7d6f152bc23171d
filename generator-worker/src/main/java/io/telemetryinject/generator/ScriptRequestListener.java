package io.telemetryinject.generator;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.RecordReader;
import io.telemetryinject.model.ScriptRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;

/** script-requests in; executions out, or outcomes where there is no script to be had. */
final class ScriptRequestListener {
  private final ScriptRequests requests;
  private final RecordReader reader;
  private final RecordPublisher publisher;
  private final GenerationMeters meters;

  ScriptRequestListener(
      ScriptRequests requests,
      RecordReader reader,
      RecordPublisher publisher,
      MeterRegistry meters) {
    this.requests = requests;
    this.reader = reader;
    this.publisher = publisher;
    this.meters = new GenerationMeters(meters);
  }

  /** Generation may take minutes, so it leaves the poll thread: a slow model is no dead worker. */
  @KafkaListener(
      id = "generator",
      groupId = "#{@topicNames.groupOf('generator')}",
      topics = "#{@topicNames.scriptRequests()}",
      containerFactory = "slowListeners")
  CompletableFuture<Void> onScriptRequest(ConsumerRecord<String, byte[]> record) {
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (ScriptRequest request : reader.read(List.of(record), ScriptRequest.class)) {
      answers.add(requests.submit(request).thenApply(meters::count).thenCompose(this::publish));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<?> publish(RequestResult result) {
    return result.fold(
        forwarded -> publisher.publish(forwarded.executions()),
        decided -> publisher.publish(decided.outcomes()));
  }
}
