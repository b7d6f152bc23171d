package io.telemetryinject.broker;

import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's own server, from its own jars: the only class that knows their insides. */
public final class KraftBroker implements EmbeddedBroker {
  private static final Logger LOGGER = LoggerFactory.getLogger(KraftBroker.class);
  private static final int ATTEMPTS = 3;

  /** A run that ends because its broker cannot go on may be resumed. */
  private static final int INTERRUPTED = 3;

  private final BrokerDirectory directory;
  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final AtomicBoolean closed = new AtomicBoolean();

  private KraftBroker(BrokerDirectory directory, KafkaRaftServer server, String bootstrapServers) {
    this.directory = directory;
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker and waits until it serves. When its disk fails later on, this process ends with
   * exit code 3.
   *
   * @param directory its own; made when it is missing, and found again by the next start
   * @throws BrokerException when the directory cannot be used, or is in use
   */
  public static EmbeddedBroker start(Path directory) throws BrokerException {
    return start(directory, FreePort::find);
  }

  static EmbeddedBroker start(Path directory, IntSupplier ports) throws BrokerException {
    BrokerDirectory taken = BrokerDirectory.take(requireNonNull(directory, "directory is null"));
    try {
      Path records = taken.records(KraftBroker::format);
      // Kafka ends the process itself when it cannot write any more.
      Exit.setHaltProcedure((status, message) -> endProcess(taken));
      Exit.setExitProcedure((status, message) -> endProcess(taken));
      for (int attempt = 1; ; attempt++) {
        int port = ports.getAsInt();
        KafkaRaftServer server =
            new KafkaRaftServer(
                new KafkaConfig(KraftSettings.of(records, port, ports.getAsInt()), false),
                Time.SYSTEM);
        try {
          server.startup();
          return new KraftBroker(taken, server, KraftSettings.bootstrapServers(port));
        } catch (Throwable e) {
          server.shutdown();
          if (attempt == ATTEMPTS || !FreePort.isTaken(e)) {
            throw e;
          }
        }
      }
    } catch (BrokerException e) {
      taken.close();
      throw e;
    } catch (Exception e) {
      taken.close();
      throw taken.cannotStart(e);
    }
  }

  private static void format(Path empty) throws Exception {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    new Formatter()
        .setPrintStream(nowhere)
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(KraftSettings.NODE)
        .addDirectory(empty.toString())
        .setMetadataLogDirectory(empty.toString())
        .setControllerListenerName(KraftSettings.CONTROLLER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setHasDynamicQuorum(false)
        .run();
  }

  private static void endProcess(BrokerDirectory directory) {
    LOGGER
        .atError()
        .addKeyValue("directory", directory)
        .log(
            "The embedded broker cannot write to its directory any more."
                + " Free some space there, then run the same command again: it continues.");
    Runtime.getRuntime().halt(INTERRUPTED);
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        server.shutdown();
        server.awaitShutdown();
      } finally {
        directory.close();
      }
    }
  }
}
