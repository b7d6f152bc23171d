package io.telemetryinject.analyzer;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.messaging.Publications;
import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.RecordReader;
import io.telemetryinject.model.FunctionTaskBatch;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;

/** function-tasks in; executions, script-requests and outcomes out. */
final class FunctionTaskListener {
  private final FunctionAnalyzer analyzer;
  private final RecordReader reader;
  private final RecordPublisher publisher;
  private final AnalysisMeters meters;

  FunctionTaskListener(
      FunctionAnalyzer analyzer,
      RecordReader reader,
      RecordPublisher publisher,
      MeterRegistry meters) {
    this.analyzer = analyzer;
    this.reader = reader;
    this.publisher = publisher;
    this.meters = new AnalysisMeters(meters);
  }

  @KafkaListener(
      id = "analyzer",
      groupId = "#{@topicNames.groupOf('analyzer')}",
      topics = "#{@topicNames.functionTasks()}",
      containerFactory = "pollListeners",
      concurrency = "${telemetry-inject.analyzer.threads:1}")
  void onFunctionTasks(List<ConsumerRecord<String, byte[]>> records, Acknowledgment acknowledgment)
      throws IOException {
    Publications sent = new Publications();
    for (FunctionTaskBatch batch : reader.read(records, FunctionTaskBatch.class)) {
      Analysis analysis = meters.count(analyzer.analyze(batch));
      analysis.hits().ifPresent(hits -> sent.add(publisher.publish(hits)));
      analysis.misses().forEach(miss -> sent.add(publisher.publish(miss)));
      analysis.refused().ifPresent(refused -> sent.add(publisher.publish(refused)));
    }
    sent.await();
    acknowledgment.acknowledge();
  }
}
