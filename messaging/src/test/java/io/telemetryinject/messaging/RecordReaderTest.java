package io.telemetryinject.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.FileRef;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.RecordCodec;
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;

class RecordReaderTest {
  private static final String TOPIC = "telemetry-inject.outcomes";

  private final RecordCodec codec = new RecordCodec();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(
          true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer()) {
        @Override
        public void close(Duration timeout) {
          // A template closes a producer that is not its own after each send.
        }
      };
  private final KafkaTemplate<String, byte[]> kafka = new KafkaTemplate<>(() -> producer);
  private final RecordReader reader = new RecordReader(codec, new DeadLetters(kafka));

  @BeforeEach
  void count() {
    kafka.setProducerListener(new RecordMeters(meters, new TopicNames("telemetry-inject.")));
  }

  @Test
  void readsGoodRecordsInOrderAndPutsTheRestAside() {
    byte[] wrongKind = codec.encode(new RunId(Sha256.of("x")));
    List<ConsumerRecord<String, byte[]>> poll =
        poll(
            codec.encode(batch("a.py")),
            "prose".getBytes(UTF_8),
            codec.encode(batch("b.py")),
            null,
            wrongKind,
            codec.encode(batch("c.py")));

    List<OutcomeBatch> batches = reader.read(poll, OutcomeBatch.class);

    assertThat(batches).extracting(b -> b.file().path()).containsExactly("a.py", "b.py", "c.py");
    assertThat(producer.history())
        .extracting(ProducerRecord::value)
        .containsExactly("prose".getBytes(UTF_8), null, wrongKind);
    assertThat(meters.counter("telemetry.inject.dead.letters", "topic", TOPIC).count())
        .isEqualTo(3);
  }

  @Test
  void saysOnADeadLetterWhereItCameFromAndWhyButNotWhatIsInIt() {
    byte[] secret = "{\"schema\":1,\"type\":\"OutcomeBatch\",\"body\":\"s3cret\"}".getBytes(UTF_8);

    reader.read(poll(codec.encode(batch("a.py")), secret), OutcomeBatch.class);

    ProducerRecord<String, byte[]> letter = producer.history().get(0);
    assertThat(letter.topic()).isEqualTo(TOPIC + ".dlt");
    assertThat(letter.key()).isEqualTo("key 1");
    assertThat(header(letter, "origin")).isEqualTo(TOPIC + "/3/1");
    assertThat(header(letter, "reason")).startsWith("not a OutcomeBatch").doesNotContain("s3cret");
  }

  @Test
  void countsRecordsThatWereSentByTopic() {
    kafka.send(TOPIC, "a.py", codec.encode(batch("a.py"))).join();

    assertThat(records(TOPIC, "published")).isEqualTo(1);
    assertThat(records("telemetry-inject.executions", "published")).isZero();
    assertThat(records(TOPIC, "failed")).isZero();
  }

  @Test
  void countsDeadLettersThatDidNotArriveAsFailedRecords() {
    RecordMeters counting = new RecordMeters(meters, new TopicNames("telemetry-inject."));
    Exception gone = new IllegalStateException("broker gone");

    counting.onError(new ProducerRecord<>(TOPIC, new byte[0]), null, gone);
    counting.onError(new ProducerRecord<>(TOPIC + ".dlt", new byte[0]), null, gone);

    assertThat(records(TOPIC, "failed")).isEqualTo(2);
    assertThat(records(TOPIC, "published")).isZero();
    assertThat(meters.counter("telemetry.inject.dead.letters", "topic", TOPIC).count()).isZero();
  }

  /** The poll must then not be acknowledged, or the record would be gone. */
  @Test
  void failsWhenADeadLetterCannotBeDelivered() {
    producer.sendException = new IllegalStateException("no such topic");

    assertThatThrownBy(() -> reader.read(poll("prose".getBytes(UTF_8)), OutcomeBatch.class))
        .hasStackTraceContaining("no such topic");
    assertThat(meters.counter("telemetry.inject.dead.letters", "topic", TOPIC).count()).isZero();
  }

  @Test
  void aPollEndsOnlyWhenAllItsSendsHaveArrived() {
    Publications sent = new Publications();
    CompletableFuture<String> slow = new CompletableFuture<>();
    sent.add(CompletableFuture.completedFuture("there"));
    sent.add(slow);
    slow.completeExceptionally(new IllegalStateException("broker gone"));

    assertThatThrownBy(sent::await).isInstanceOf(CompletionException.class);
  }

  private static OutcomeBatch batch(String path) {
    FileRef file = new FileRef(path, Sha256.of(path), Language.PYTHON);
    return new OutcomeBatch(new RunId(Sha256.of("run")), file, List.of(), Effort.none());
  }

  private static List<ConsumerRecord<String, byte[]>> poll(byte[]... values) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      records.add(new ConsumerRecord<>(TOPIC, 3, i, "key " + i, values[i]));
    }
    return records;
  }

  private static String header(ProducerRecord<String, byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  private double records(String topic, String result) {
    return meters
        .get("telemetry.inject.records")
        .tags("topic", topic, "result", result)
        .counter()
        .count();
  }
}
