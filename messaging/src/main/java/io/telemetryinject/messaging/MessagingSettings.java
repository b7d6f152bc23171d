package io.telemetryinject.messaging;

import io.telemetryinject.model.Topic;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How records travel; brokers and security are Spring Boot's own {@code spring.kafka.*}.
 *
 * @param topicPrefix what topic names start with
 * @param partitions per topic, when this program creates it: the most workers of a kind that can
 *     share the load
 * @param replicas per partition, when this program creates the topic
 * @param retention how long records are kept, when this program creates the topic, and a run may
 *     rest; without it, as the broker has it
 * @param deadLetterRetention the same for dead letters, which wait for a person
 * @param createTopics whether this program creates topics; if not, {@link CreateTopics} does
 * @param pollRecords how many records one poll hands to a listener at most
 * @param attempts how often a batch of records is tried before it goes to the dead letters
 */
@ConfigurationProperties("telemetry-inject.messaging")
public record MessagingSettings(
    @DefaultValue(Topic.DEFAULT_PREFIX) String topicPrefix,
    @DefaultValue("12") int partitions,
    @DefaultValue("1") short replicas,
    @Nullable Duration retention,
    @Nullable Duration deadLetterRetention,
    @DefaultValue("true") boolean createTopics,
    @DefaultValue("64") int pollRecords,
    @DefaultValue("10") int attempts) {}
