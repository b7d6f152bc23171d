package io.telemetryinject.benchmarks.models;

import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.TopicNames;
import io.telemetryinject.model.RecordCodec;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.model.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** The {@code script-requests} of a broker, from outside. */
record FleetTopic(String bootstrapServers) {
  private static final String GROUP = "telemetry-inject.generator";

  /** How many generators have their partitions; 0 while these are being handed out. */
  int members() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      if (admin.listGroups().all().get().stream().noneMatch(g -> g.groupId().equals(GROUP))) {
        return 0;
      }
      return admin.describeConsumerGroups(List.of(GROUP)).all().get().values().stream()
          .filter(group -> group.groupState() == GroupState.STABLE)
          .mapToInt(group -> group.members().size())
          .sum();
    }
  }

  void publish(List<ScriptRequest> requests) throws Exception {
    DefaultKafkaProducerFactory<String, byte[]> producers =
        new DefaultKafkaProducerFactory<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer());
    try {
      RecordPublisher publisher =
          new RecordPublisher(
              new KafkaTemplate<>(producers),
              new TopicNames(Topic.DEFAULT_PREFIX),
              new RecordCodec());
      List<Future<?>> sent = new ArrayList<>();
      requests.forEach(request -> sent.add(publisher.publish(request)));
      for (Future<?> one : sent) {
        one.get();
      }
    } finally {
      producers.destroy();
    }
  }
}
