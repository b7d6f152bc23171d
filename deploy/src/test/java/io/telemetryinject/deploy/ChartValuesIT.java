package io.telemetryinject.deploy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that make no sense are refused, in words that say what to set. */
class ChartValuesIT {
  private static final String PAID = "generator: {ladder: [{provider: openai}], ";
  private static final String KEY = "apiKeys: [{provider: openai, secret: s, key: k}], ";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafka: {bootstrapServers: ''}                  | Set kafka.bootstrapServers",
        "kafka: {bootstrapServers: kafka}               | /kafka/bootstrapServers",
        "kafka: {bootstrapServer: 'kafka:9092'}         | bootstrapServer",
        "kafka: {sasl: {mechanism: SCRAM-SHA-512}}      | Set kafka.sasl.secret",
        "kafka: {sasl: {mechanism: GSSAPI}}             | /kafka/sasl/mechanism",
        "keys: {signing: {secret: ''}}                  | set keys.signing.secret",
        "keys: {trusted: {secret: ''}}                  | set keys.trusted.secret",
        "keys: {trusted: {files: []}}                   | /keys/trusted/files",
        "keys: {generatorTrusts: [old.pub]}             | name it there too",
        "cache: {location: ''}                          | Set cache.location to s3://",
        "cache: {location: scripts}                     | /cache/location",
        "cache: {claim: scripts}                        | Leave one out",
        "trust: {untrusted: pr-12}                      | Set kafka.topicPrefix",
        "trust: {untrusted: pr-12, promote: pr-13}      | topics are those of trusted runs",
        "analyzer: {replicas: 5}                        | Set topics.partitions to 5 at least",
        "analyzer: {replica: 5}                         | replica",
        "executor: {resources: {limits: null}}          | limits",
        "executor: {runtimeClass: gvisor}               | runtimeClass",
        "topics: {retention: 7 days}                    | /topics/retention",
        "autoscaling: {mode: vpa}                       | /autoscaling/mode",
        "coordinator: {enabled: true}                   | Make a secret with one",
        "coordinator: {enabled: true, token: {secret: t}} | Set coordinator.work.claim",
        "nightly: [{name: a}]                           | schedule",
        "nightly: [{name: A, schedule: '@daily', repo: 'https://h/r', output: 's3://bu/p'}] | name",
        "nightly: [{name: a, schedule: daily, repo: 'https://h/r', output: 's3://bu/p'}] |"
            + " schedule",
        "nightly: [{name: a, schedule: '@daily', repo: r, output: 's3://bu/p'}] | repo",
        "nightly: [{name: a, schedule: '@daily', repo: 'https://h/r', output: out}] | output",
        "{fullnameOverride: a-name-of-nearly-forty-characters-and-so,"
            + " nightly: [{name: b-name-of-twenty, schedule: '@daily', repo: 'https://h/r',"
            + " output: 's3://bu/p'}]} | 52 characters",
        "nightly: [{name: a, schedule: '@daily', repo: 'https://u:p@h/r', output: 's3://bu/p'}]"
            + " | holds a password",
      })
  void saysWhatToSet(String values, String message) throws IOException {
    assertRefused(values, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: 1}                                  | Set generator.spend.claim",
        "replicas: 2, spend: {claim: spend}}           | accessMode to ReadWriteMany",
      })
  void countsMoneyOnce(String rest, String message) throws IOException {
    assertRefused(PAID + KEY + rest, message);
  }

  @Test
  void asksForTheKeyOfAPaidProvider() throws IOException {
    assertRefused(PAID + "spend: {claim: spend}}", "names no key for it");
  }

  @ParameterizedTest
  @CsvSource({"keyStore, PKCS12", "trustStore, JKS"})
  void doesNotLetKedaReadWhatItCannot(String store, String type) throws IOException {
    assertRefused(
        """
        autoscaling: {mode: keda}
        topics: {partitions: 48}
        kafka: {tls: {enabled: true, %s: {secret: s, key: k, type: %s}}}
        """
            .formatted(store, type),
        "name it in autoscaling.keda.authentication");
  }

  private void assertRefused(String values, String message) throws IOException {
    Chart chart = Chart.copyTo(directory.resolve("telemetry-inject"));
    Path file = Files.writeString(directory.resolve("values.yaml"), values);
    List<Path> files = List.of(Chart.SOURCE.resolve("values-kind.yaml"), file);

    assertThatThrownBy(() -> chart.render(files, Chart.OLDEST))
        .hasMessageContaining(message.strip());
  }
}
