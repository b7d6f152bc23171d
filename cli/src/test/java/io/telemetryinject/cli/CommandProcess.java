package io.telemetryinject.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.inject.TestBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command, or another main class of this class path, as a process of its own. */
public final class CommandProcess implements AutoCloseable {
  public static final String PYTHON = System.getProperty("telemetry.inject.python", "python3");

  private final Process process;
  private final Path log;

  private CommandProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts the command; what it prints goes to a file. */
  public static CommandProcess start(Path log, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--python", PYTHON));
    return start(Main.class.getName(), log, System.getProperty("java.class.path"), all);
  }

  /** Starts any main class of a class path. */
  public static CommandProcess start(
      String mainClass, Path log, String classPath, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process.environment().put("AWS_ACCESS_KEY_ID", TestBucket.IDENTITY);
    process.environment().put("AWS_SECRET_ACCESS_KEY", TestBucket.CREDENTIAL);
    Path copies = log.resolveSibling(log.getFileName() + "-copies");
    process.environment().put("XDG_CACHE_HOME", copies.toString());
    return new CommandProcess(process.start(), log);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end and tells the exit code. */
  public int exitCode() throws Exception {
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(output()).isTrue();
    return process.exitValue();
  }

  public String output() throws IOException {
    return Files.readString(log);
  }

  /** Process ids of this process's children and their children. */
  List<Long> descendants() {
    return process.descendants().map(ProcessHandle::pid).toList();
  }

  /** kill -9: nothing is cleaned up. */
  public void kill() throws Exception {
    process.destroyForcibly().waitFor();
  }

  /** Whether a process runs; one that has ended and waits for its parent to notice does not. */
  static boolean runs(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks the process to end, and waits until it has. */
  public void stop() throws Exception {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(output()).isTrue();
  }

  @Override
  public void close() throws Exception {
    kill();
  }
}
