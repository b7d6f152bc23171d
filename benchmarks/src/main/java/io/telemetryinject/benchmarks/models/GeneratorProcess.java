package io.telemetryinject.benchmarks.models;

import io.telemetryinject.generator.GeneratorWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The generator worker as a process of its own, on this program's class path. */
final class GeneratorProcess implements AutoCloseable {
  /** How many scripts a generator has in hand at once. */
  static final int THREADS = 4;

  private final Process process;

  private GeneratorProcess(Process process) {
    this.process = process;
    // An interrupted benchmark leaves no worker behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * What all generators of a fleet have in common.
   *
   * @param home where cache, signing key, ledger and logs go
   */
  record Fleet(
      Path home, String python, String bootstrapServers, String baseUrl, int requestsPerMinute) {

    GeneratorProcess start(String name) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(GeneratorWorker.class.getName());
      command.add("--server.port=0");
      command.add("--spring.kafka.bootstrap-servers=" + bootstrapServers);
      command.add("--telemetry-inject.cache-dir=" + home.resolve("cache"));
      command.add("--telemetry-inject.signing-key=" + home.resolve("key").resolve("signing-key"));
      command.add("--telemetry-inject.python=" + python);
      String generator = "--telemetry-inject.generator.";
      command.add(generator + "threads=" + THREADS);
      command.add(generator + "ladder[0].provider=openai");
      command.add(generator + "ladder[0].base-url=" + baseUrl);
      command.add(generator + "ladder[0].requests-per-minute=" + requestsPerMinute);
      command.add(generator + "ladder[0].tokens-per-minute=0");
      return new GeneratorProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(home.resolve(name + ".log").toFile())
              .start());
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** kill -9: nothing is cleaned up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends in order, so that the cache is no longer written to. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
