package io.telemetryinject.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A broker in a process of its own, for tests that kill it; started with {@link #start}. */
final class BrokerProcess {
  static final String TOPIC = "function-tasks";
  static final int RECORDS = 500;

  private BrokerProcess() {}

  static Process start(Path output, List<String> prefix, String mode, Path directory)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(BrokerProcess.class.getName(), mode, directory.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    try (EmbeddedBroker broker = KraftBroker.start(directory);
        TestClient client = new TestClient(broker)) {
      switch (arguments[0]) {
        case "serve" -> {
          client.createTopic(TOPIC);
          client.send(TOPIC, RECORDS, 100);
          System.out.println("SERVING");
          Thread.currentThread().join();
        }
        case "flood" -> {
          client.createTopic(TOPIC);
          System.out.println("SERVING");
          while (true) {
            client.send(TOPIC, 1, 4 << 20);
          }
        }
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (BrokerException e) {
      System.out.println("REFUSED " + e.getMessage().replace('\n', '|'));
    }
  }
}
