package io.telemetryinject.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.model.Limits;
import io.telemetryinject.model.RecordCodec;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** The beans that move records; imported by every worker and by the coordinator. */
@Configuration(proxyBeanMethods = false)
@EnableKafka
@EnableConfigurationProperties(MessagingSettings.class)
public class MessagingConfiguration {
  static final int MAX_REQUEST_BYTES = Limits.RECORD_BYTES + (1 << 20);
  private static final int NEW_PARTITION_MILLIS = 10_000;
  private static final int SLOW_SESSION_MILLIS = 10_000;
  private static final long FIRST_RETRY_MILLIS = 200;
  private static final long LONGEST_RETRY_MILLIS = 10_000;
  private static final double BACK_OFF = 2;

  @Bean
  RecordCodec recordCodec() {
    return new RecordCodec();
  }

  @Bean
  TopicNames topicNames(MessagingSettings settings) {
    return new TopicNames(settings.topicPrefix());
  }

  /** Where workers may not create topics, somebody else has. */
  @Bean
  @ConditionalOnBooleanProperty(
      name = "telemetry-inject.messaging.create-topics",
      matchIfMissing = true)
  TopicCreation topicCreation(KafkaProperties properties, MessagingSettings settings) {
    return new TopicCreation(properties.buildAdminProperties(), settings);
  }

  @Bean
  KafkaTemplate<String, byte[]> recordTemplate(KafkaProperties properties) {
    Map<String, Object> config = properties.buildProducerProperties();
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    config.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
    config.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(config));
  }

  @Bean
  DeadLetters deadLetters(
      KafkaTemplate<String, byte[]> recordTemplate, ObjectProvider<MeterRegistry> meters) {
    return new DeadLetters(recordTemplate, meters.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  RecordReader recordReader(RecordCodec codec, DeadLetters deadLetters) {
    return new RecordReader(codec, deadLetters);
  }

  @Bean
  RecordPublisher recordPublisher(
      KafkaTemplate<String, byte[]> recordTemplate, TopicNames topics, RecordCodec codec) {
    return new RecordPublisher(recordTemplate, topics, codec);
  }

  /** Listeners get a poll's records at once, and the offset moves when they acknowledge. */
  @Bean
  ConcurrentKafkaListenerContainerFactory<String, byte[]> pollListeners(
      KafkaProperties properties,
      MessagingSettings settings,
      KafkaTemplate<String, byte[]> recordTemplate) {
    var factory = listeners(consumer(properties, settings), settings, recordTemplate);
    factory.setBatchListener(true);
    return factory;
  }

  /**
   * Listeners get records one by one and answer with a future: slow work leaves the poll thread
   * free, and the consumer rests until the futures of a poll are done.
   *
   * <p>What is under way takes long and may cost money, so that a rebalance moves as few partitions
   * as it can, and a worker that died is soon missed: until then nobody has its part of a limit.
   */
  @Bean
  ConcurrentKafkaListenerContainerFactory<String, byte[]> slowListeners(
      KafkaProperties properties,
      MessagingSettings settings,
      KafkaTemplate<String, byte[]> recordTemplate) {
    Map<String, Object> consumer = consumer(properties, settings);
    consumer.putIfAbsent(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    consumer.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SLOW_SESSION_MILLIS);
    var factory = listeners(consumer, settings, recordTemplate);
    factory.getContainerProperties().setAsyncAcks(true);
    return factory;
  }

  private static ConcurrentKafkaListenerContainerFactory<String, byte[]> listeners(
      Map<String, Object> consumer,
      MessagingSettings settings,
      KafkaTemplate<String, byte[]> recordTemplate) {
    ConcurrentKafkaListenerContainerFactory<String, byte[]> factory =
        new ConcurrentKafkaListenerContainerFactory<>();
    factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(consumer));
    factory.getContainerProperties().setAckMode(ContainerProperties.AckMode.MANUAL);
    factory.getContainerProperties().setMissingTopicsFatal(false);
    factory.setCommonErrorHandler(errorHandler(settings, recordTemplate));
    return factory;
  }

  private static Map<String, Object> consumer(
      KafkaProperties properties, MessagingSettings settings) {
    Map<String, Object> config = properties.buildConsumerProperties();
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.pollRecords());
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_REQUEST_BYTES);
    config.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, NEW_PARTITION_MILLIS);
    return config;
  }

  /** What fails for reasons outside the record is tried again, ever more slowly, then put aside. */
  private static DefaultErrorHandler errorHandler(
      MessagingSettings settings, KafkaTemplate<String, byte[]> recordTemplate) {
    DeadLetterPublishingRecoverer recoverer =
        new DeadLetterPublishingRecoverer(
            recordTemplate,
            (record, problem) -> new TopicPartition(DeadLetters.topicOf(record.topic()), -1));
    recoverer.excludeHeader(
        DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd.EX_STACKTRACE,
        DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd.EX_MSG);
    ExponentialBackOff backOff = new ExponentialBackOff(FIRST_RETRY_MILLIS, BACK_OFF);
    backOff.setMaxInterval(LONGEST_RETRY_MILLIS);
    backOff.setMaxAttempts(settings.attempts());
    return new DefaultErrorHandler(recoverer, backOff);
  }
}
