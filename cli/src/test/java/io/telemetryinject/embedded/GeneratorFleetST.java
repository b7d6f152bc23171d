package io.telemetryinject.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.KraftBroker;
import io.telemetryinject.cache.FileObjectStore;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ScriptVersion;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.cache.StoredScriptCache;
import io.telemetryinject.cli.CommandProcess;
import io.telemetryinject.generator.GeneratorWorker;
import io.telemetryinject.llm.stub.LlmStub;
import io.telemetryinject.llm.stub.Script;
import io.telemetryinject.llm.stub.StubAnswer;
import io.telemetryinject.llm.stub.WireProtocol;
import io.telemetryinject.llm.stub.writing.KeyedRequests;
import io.telemetryinject.llm.stub.writing.WritingModel;
import io.telemetryinject.messaging.RecordPublisher;
import io.telemetryinject.messaging.TopicNames;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.RecordCodec;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.model.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Generators that share a topic, a cache and a limit: partitions move from one to the other while
 * it works on their requests, and then it is killed.
 */
class GeneratorFleetST {
  private static final String GROUP = "telemetry-inject.generator";
  private static final int KEYS = 16;
  private static final int REQUESTS_PER_MINUTE = 120;
  private static final int THREADS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Duration SLOW_CALL = Duration.ofSeconds(9);
  private static final String POLL_INTERVAL =
      "--spring.kafka.consumer.properties.max.poll.interval.ms=6000";

  @TempDir private Path directory;

  private final CountDownLatch answering = new CountDownLatch(1);

  /** Keeps its callers waiting until it may answer. */
  private Script held(Script model) {
    return request -> {
      try {
        answering.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return model.answer(request);
    };
  }

  @Test
  void paysForEachKeyOnceThoughPartitionsMoveAndAGeneratorIsKilled() throws Exception {
    SigningKeys keys = SigningKeys.openOrCreate(key());
    try (LlmStub stub = LlmStub.enforcing(REQUESTS_PER_MINUTE, held(WritingModel.ofOwnKey()));
        EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        CommandProcess first = generator("first", broker, stub);
        StoredScriptCache cache =
            StoredScriptCache.writing(
                new FileObjectStore(directory.resolve("cache")),
                keys.verifier(),
                keys.signer(),
                QuarantineListener.logging())) {
      // Given a generator that has all requests in hand, and another that gets half the partitions
      awaitMembers(broker, first, 1);
      publish(broker, KeyedRequests.of(KEYS));
      await().atMost(PATIENCE).until(() -> !stub.requests().isEmpty());
      try (CommandProcess second = generator("second", broker, stub)) {
        awaitMembers(broker, second, 2);

        // When
        answering.countDown();
        await().atMost(PATIENCE).until(() -> stub.requests().size() >= KEYS / 2);
        first.close();

        // Then
        await()
            .atMost(PATIENCE)
            .failFast("the generator ended", () -> !second.isAlive())
            .untilAsserted(() -> assertThat(scripts(cache)).hasSize(KEYS));
      }
      assertThat(scripts(cache)).extracting(ScriptVersion::version).containsOnly(1);
      assertThat(scripts(cache)).extracting(ScriptVersion::key).doesNotHaveDuplicates();
      assertThat(stub.throttled()).isEmpty();
      // One a key, and one for the tests of their one shape; again what was under way at the kill.
      assertThat(stub.requests()).hasSizeBetween(KEYS + 1, KEYS + 1 + THREADS);
      assertThat(stub.requests()).extracting(KeyedRequests::keyIn).doesNotContain("");
    }
  }

  @Test
  void paysForEachKeyOnceThoughACallTakesLongerThanThePollInterval() throws Exception {
    int slowKeys = 2 * THREADS;
    SigningKeys keys = SigningKeys.openOrCreate(key());
    Script slow = request -> StubAnswer.delayed(SLOW_CALL, WritingModel.ofOwnKey().answer(request));
    try (LlmStub stub = LlmStub.start(slow);
        EmbeddedBroker broker = KraftBroker.start(directory.resolve("broker"));
        CommandProcess first = generator("first", broker, stub, POLL_INTERVAL);
        CommandProcess second = generator("second", broker, stub, POLL_INTERVAL);
        StoredScriptCache cache =
            StoredScriptCache.reading(
                new FileObjectStore(directory.resolve("cache")),
                keys.verifier(),
                QuarantineListener.logging())) {
      awaitMembers(broker, first, 2);

      publish(broker, KeyedRequests.of(slowKeys));

      await()
          .atMost(PATIENCE)
          .failFast("a generator ended", () -> !first.isAlive() || !second.isAlive())
          .untilAsserted(() -> assertThat(scripts(cache)).hasSize(slowKeys));
      assertThat(scripts(cache)).extracting(ScriptVersion::version).containsOnly(1);
      assertThat(stub.requests()).hasSize(slowKeys + 1);
    }
  }

  private static List<ScriptVersion> scripts(StoredScriptCache cache) throws IOException {
    return cache.versions(Language.PYTHON);
  }

  /** Waits until so many generators have partitions. */
  private static void awaitMembers(EmbeddedBroker broker, CommandProcess process, int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptions()
        .failFast("the generator ended", () -> !process.isAlive())
        .until(() -> membersWithPartitions(broker) == count);
  }

  private static long membersWithPartitions(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      ConsumerGroupDescription group =
          admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP);
      return group.groupState() != GroupState.STABLE
          ? 0
          : group.members().stream()
              .map(MemberDescription::assignment)
              .filter(assignment -> !assignment.topicPartitions().isEmpty())
              .count();
    }
  }

  private static void publish(EmbeddedBroker broker, List<ScriptRequest> requests)
      throws Exception {
    DefaultKafkaProducerFactory<String, byte[]> producers =
        new DefaultKafkaProducerFactory<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
    try {
      RecordPublisher publisher =
          new RecordPublisher(
              new KafkaTemplate<>(producers),
              new TopicNames(Topic.DEFAULT_PREFIX),
              new RecordCodec());
      for (ScriptRequest request : requests) {
        publisher.publish(request).get();
      }
    } finally {
      producers.destroy();
    }
  }

  private CommandProcess generator(String name, EmbeddedBroker broker, LlmStub stub, String... more)
      throws IOException {
    String generator = "--telemetry-inject.generator.";
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(
        List.of(
            "--server.port=0",
            "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--telemetry-inject.cache-dir=" + directory.resolve("cache"),
            "--telemetry-inject.signing-key=" + key(),
            "--telemetry-inject.python=" + CommandProcess.PYTHON,
            generator + "threads=" + THREADS,
            generator + "ladder[0].provider=openai",
            generator + "ladder[0].base-url=" + stub.baseUrl(WireProtocol.OPENAI),
            generator + "ladder[0].requests-per-minute=" + REQUESTS_PER_MINUTE,
            generator + "ladder[0].tokens-per-minute=0"));
    return CommandProcess.start(
        GeneratorWorker.class.getName(),
        directory.resolve(name + ".log"),
        System.getProperty("java.class.path"),
        arguments);
  }

  private Path key() throws IOException {
    return Files.createDirectories(directory.resolve("key")).resolve("signing-key");
  }
}
