package io.telemetryinject.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.telemetryinject.model.Limits;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class KraftBrokerIT {
  private static final String TOPIC = BrokerProcess.TOPIC;

  @TempDir Path temporary;

  @Test
  void carriesRecordsOfTheLargestAllowedSize(TestInfo test) throws Exception {
    try (EmbeddedBroker broker = timed(test, temporary.resolve("broker"));
        TestClient client = new TestClient(broker)) {
      client.createTopic(TOPIC);
      client.send(TOPIC, 2, Limits.RECORD_BYTES);
      assertThat(client.receive(TOPIC, "group", 2))
          .hasSize(2)
          .allMatch(record -> record.value().length == Limits.RECORD_BYTES);
    }
  }

  @Test
  void keepsRecordsOffsetsAndIdentityAcrossRestarts(TestInfo test) throws Exception {
    Path directory = temporary.resolve("broker");
    String cluster;
    try (EmbeddedBroker broker = timed(test, directory);
        TestClient client = new TestClient(broker)) {
      cluster = client.clusterId();
      client.createTopic(TOPIC);
      client.send(TOPIC, 100, 100);
      assertThat(client.receive(TOPIC, "reader", 100)).hasSize(100);
      client.send(TOPIC, 10, 200);
    }
    try (EmbeddedBroker broker = timed(test, directory);
        TestClient client = new TestClient(broker)) {
      assertThat(client.clusterId()).isEqualTo(cluster);
      assertThat(client.receive(TOPIC, "reader", 10))
          .hasSize(10)
          .allMatch(record -> record.value().length == 200);
      assertThat(client.receive(TOPIC, "newcomer", 110)).hasSize(110);
    }
  }

  @Test
  void losesNothingThatItAcknowledgedWhenItIsKilled(TestInfo test) throws Exception {
    Path directory = temporary.resolve("broker");
    Path output = temporary.resolve("out");
    Process killed = BrokerProcess.start(output, List.of(), "serve", directory);
    try {
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> Files.readString(output).contains("SERVING"));
      assertThatThrownBy(() -> KraftBroker.start(directory))
          .as("another process holds it")
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("another run is using it\n  Wait for that run");
    } finally {
      killed.destroyForcibly().waitFor();
    }

    try (EmbeddedBroker broker = timed(test, directory);
        TestClient client = new TestClient(broker)) {
      List<ConsumerRecord<String, byte[]>> records =
          client.receive(TOPIC, "group", BrokerProcess.RECORDS);
      assertThat(records.stream().map(ConsumerRecord::key).distinct())
          .hasSize(BrokerProcess.RECORDS);
      client.send(TOPIC, 1, 1);
    }
  }

  @Test
  void endsTheProcessAsResumableWhenItsDiskIsFull(TestInfo test) throws Exception {
    // A limit on the size of files makes writes fail in the same place as a full disk.
    Path output = temporary.resolve("out");
    Path directory = temporary.resolve("broker");
    Process process =
        BrokerProcess.start(
            output,
            List.of("bash", "-c", "ulimit -f 20000; exec \"$@\"", "bash"),
            "flood",
            directory);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(3);
    assertThat(output).content().contains("cannot write to its directory", directory.toString());

    // With space again, the same directory serves on.
    try (EmbeddedBroker broker = timed(test, directory);
        TestClient client = new TestClient(broker)) {
      client.send(TOPIC, 1, 100);
      assertThat(client.receive(TOPIC, "group", 2)).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void tellsWhyADirectoryIsOfNoUse() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    assertRefused(file, "a directory that this user can write to");
    assertRefused(file.resolve("below"), "a directory that this user can write to");

    Path directory = temporary.resolve("broker");
    KraftBroker.start(directory).close();
    Path format = directory.resolve("records/meta.properties");
    String original = Files.readString(format);
    for (String other :
        List.of("", original.replace("version=1", "version=2"), original.replace("id=1", "id=7"))) {
      Files.writeString(format, other);
      assertRefused(directory, "Use the version that wrote it");
    }
    Files.writeString(format, original);
    Path checkpoint = directory.resolve("records/bootstrap.checkpoint");
    byte[] bootstrap = Files.readAllBytes(checkpoint);
    Files.writeString(checkpoint, "damaged");
    assertRefused(directory, "if it stays, delete the directory");

    // Control: it was the damage each time, and a refused start leaves nothing locked.
    Files.write(checkpoint, bootstrap);
    KraftBroker.start(directory).close();
  }

  private static void assertRefused(Path directory, String advice) {
    assertThatThrownBy(() -> KraftBroker.start(directory))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("cannot start the embedded broker in " + directory)
        .hasMessageContaining(advice)
        .hasMessageMatching("(?s)[^\\n]+\\n  [^\\n]+");
  }

  @Test
  void startsAfterAFormattingThatWasCutShort() throws IOException {
    Path directory = temporary.resolve("broker");
    Path half = Files.createDirectories(directory.resolve("records.new"));
    Files.writeString(half.resolve("bootstrap.checkpoint"), "half of it");
    KraftBroker.start(directory).close();
    assertThat(half).doesNotExist();
  }

  @Test
  void takesAnotherPortWhenOneIsGone() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      IntSupplier ports =
          () -> asked.getAndIncrement() == 0 ? taken.getLocalPort() : FreePort.find();
      try (EmbeddedBroker broker = KraftBroker.start(temporary.resolve("broker"), ports);
          TestClient client = new TestClient(broker)) {
        assertThat(client.topics()).isEmpty();
        assertThat(asked).hasValue(4);
      }
    }
  }

  @Test
  void servesThisMachineOnly() throws Exception {
    try (EmbeddedBroker broker = KraftBroker.start(temporary.resolve("broker"))) {
      int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
      try (Socket loopback = new Socket()) {
        loopback.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
        assertThat(loopback.isConnected()).as("control").isTrue();
      }
      for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
        for (var address :
            network.inetAddresses().filter(Inet4Address.class::isInstance).toList()) {
          if (!address.isLoopbackAddress()) {
            assertThatThrownBy(
                    () -> new Socket().connect(new InetSocketAddress(address, port), 1_000))
                .isInstanceOf(IOException.class);
          }
        }
      }
    }
  }

  private static EmbeddedBroker timed(TestInfo test, Path directory) throws BrokerException {
    long started = System.nanoTime();
    EmbeddedBroker broker = KraftBroker.start(directory);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    System.out.println(test.getDisplayName() + ": broker up in " + millis + " ms");
    return broker;
  }
}
