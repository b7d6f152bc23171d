package io.telemetryinject.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.broker.EmbeddedBroker;
import io.telemetryinject.broker.FreePort;
import io.telemetryinject.cache.SigningKeys;
import io.telemetryinject.model.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;

/** A cluster's life in small: topics are created, workers start, a run ends, workers stop. */
final class PipelineRehearsal implements AutoCloseable {
  private static final Path SHOP = Path.of("../examples/shop");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Containment containment;
  private final EmbeddedBroker broker;
  private final Path directory;
  private final Path mounts;
  private final List<Member> all = new ArrayList<>();
  private List<Member> workers = List.of();

  private record Member(String role, int port, Process process, Path log) {
    String said() {
      try {
        return role + " said:\n" + Files.readString(log);
      } catch (IOException e) {
        return role + " said nothing";
      }
    }

    boolean isUp() {
      URI health = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
      try {
        var answer =
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString());
        return answer.body().contains("\"UP\"");
      } catch (IOException | InterruptedException e) {
        return false;
      }
    }
  }

  PipelineRehearsal(Containment containment, EmbeddedBroker broker, Path directory)
      throws IOException {
    this.containment = containment;
    this.broker = broker;
    this.directory = directory;
    this.mounts = Files.createDirectories(directory.resolve("mounts"));
    for (String name : List.of("keys", "cache", "spend", "work", "logs")) {
      Files.createDirectory(mounts.resolve(name));
    }
    SigningKeys.openOrCreate(mounts.resolve("keys/signing-key"));
    try (Stream<Path> files = Files.walk(SHOP)) {
      for (Path file : files.toList()) {
        Files.copy(file, mounts.resolve("work/shop").resolve(SHOP.relativize(file)));
      }
    }
  }

  /** With the command line that the chart gives to its job. */
  void createsTopics(List<String> entryPoint) throws Exception {
    Member job =
        start(
            "analyzer",
            Map.of(),
            entryPoint,
            "--telemetry-inject.messaging.partitions=3",
            "--telemetry-inject.messaging.retention=12h",
            "--telemetry-inject.messaging.dead-letter-retention=5d");
    assertThat(exitCode(job)).as(job.said()).isZero();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      String tasks = Topic.FUNCTION_TASKS.name(Topic.DEFAULT_PREFIX);
      String dead = Topic.OUTCOMES.deadLetterName(Topic.DEFAULT_PREFIX);
      assertThat(admin.listTopics().names().get()).contains(tasks, dead);
      assertThat(admin.describeTopics(List.of(tasks)).allTopicNames().get().get(tasks).partitions())
          .hasSize(3);
      assertThat(retention(admin, tasks)).isEqualTo(Duration.ofHours(12));
      assertThat(retention(admin, dead)).isEqualTo(Duration.ofDays(5));
    }
  }

  private static Duration retention(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    return Duration.ofMillis(Long.parseLong(config.get("retention.ms").value()));
  }

  void startsWorkers() throws IOException {
    String keys = Containment.MOUNTS + "/keys/signing-key";
    String classes = Containment.MOUNTS + "/logs/classes";
    Member analyzer =
        start(
            "analyzer",
            Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load=info:file=" + classes),
            List.of(),
            "--telemetry-inject.public-key=" + keys + ".pub");
    Member generator =
        start(
            "generator",
            Map.of(),
            List.of(),
            "--telemetry-inject.signing-key=" + keys,
            "--telemetry-inject.generator.spend-dir=" + Containment.MOUNTS + "/spend");
    Member executor =
        start("executor", Map.of(), List.of(), "--telemetry-inject.public-key=" + keys + ".pub");
    workers = List.of(analyzer, generator, executor);
    for (Member member : workers) {
      await().atMost(PATIENCE).until(() -> member.isUp() || !member.process().isAlive());
      assertThat(member.process().isAlive()).as(member.said()).isTrue();
    }
  }

  void usesTheArchiveOfClasses() throws IOException {
    assertThat(Files.readString(mounts.resolve("logs/classes")))
        .containsPattern("AnalyzerWorker source: shared objects file \\(top\\)");
  }

  void runsOnce() throws Exception {
    Member run =
        start(
            "coordinator",
            Map.of(),
            List.of(),
            "--telemetry-inject.input=" + Containment.MOUNTS + "/work/shop",
            "--telemetry-inject.output=" + Containment.MOUNTS + "/work/out",
            "--telemetry-inject.work-dir=" + Containment.MOUNTS + "/work/work");
    assertThat(exitCode(run)).as(run.said()).isZero();
    assertThat(mounts.resolve("work/out/shop/checkout/cart.py"))
        .content()
        .contains("_tel.func_entry('Cart.add', 'self, product, count')");
  }

  /** SIGTERM, as the kubelet or the engine sends it. */
  void stopsWorkersInOrder() throws Exception {
    workers.forEach(member -> member.process().destroy());
    for (Member member : workers) {
      assertThat(exitCode(member)).as(member.said()).isEqualTo(128 + 15);
      assertThat(member.said()).contains("Graceful shutdown complete");
    }
  }

  private Member start(
      String role, Map<String, String> environment, List<String> entryPoint, String... own)
      throws IOException {
    int port = FreePort.find();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=" + port,
                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers()));
    if (entryPoint.isEmpty()) {
      arguments.add("--telemetry-inject.messaging.create-topics=false");
      arguments.add("--telemetry-inject.cache-dir=" + Containment.MOUNTS + "/cache");
    }
    arguments.addAll(List.of(own));
    Path log = directory.resolve(role + "-" + all.size() + ".log");
    Process process =
        new ProcessBuilder(containment.command(role, mounts, environment, entryPoint, arguments))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Member member = new Member(role, port, process, log);
    all.add(member);
    return member;
  }

  private int exitCode(Member member) throws InterruptedException {
    assertThat(member.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as(member.said())
        .isTrue();
    return member.process().exitValue();
  }

  @Override
  public void close() {
    all.forEach(member -> member.process().destroyForcibly());
  }
}
