package io.telemetryinject.executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.messaging.Publications;
import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.RecordReader;
import io.telemetryinject.model.ExecutionBatch;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;

/** executions in; outcomes, and what is worth another script, out. */
final class ExecutionListener {
  private final FunctionExecutor executor;
  private final RecordReader reader;
  private final RecordPublisher publisher;
  private final ExecutionMeters meters;

  ExecutionListener(
      FunctionExecutor executor,
      RecordReader reader,
      RecordPublisher publisher,
      MeterRegistry meters) {
    this.executor = executor;
    this.reader = reader;
    this.publisher = publisher;
    this.meters = new ExecutionMeters(meters);
  }

  /** One poll's executions run together: the sandbox is entered once, not once per function. */
  @KafkaListener(
      id = "executor",
      groupId = "#{@topicNames.groupOf('executor')}",
      topics = "#{@topicNames.executions()}",
      containerFactory = "pollListeners",
      concurrency = "${telemetry-inject.executor.threads:1}")
  void onExecutions(List<ConsumerRecord<String, byte[]>> records, Acknowledgment acknowledgment)
      throws IOException {
    List<ExecutionBatch> batches = reader.read(records, ExecutionBatch.class);
    ExecutionResult result = meters.measure(() -> executor.executeAll(batches));
    Publications sent = new Publications();
    result.outcomes().forEach(outcomes -> sent.add(publisher.publish(outcomes)));
    result.sentBack().forEach(request -> sent.add(publisher.publish(request)));
    sent.await();
    acknowledgment.acknowledge();
  }
}
