package io.telemetryinject.coordinator.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/** The machine's own ssh, with its keys and known hosts, which never asks anybody anything. */
final class MachineSsh extends SshSessionFactory {
  private final String program;

  /**
   * @param program the ssh client
   */
  MachineSsh(String program) {
    this.program = program;
  }

  @Override
  public RemoteSession getSession(
      URIish uri, CredentialsProvider credentials, FS files, int timeoutMillis) {
    return new RemoteSession() {
      @Override
      public Process exec(String command, int seconds) throws IOException {
        return start(uri, command, seconds);
      }

      @Override
      public void disconnect() {
        // The process ends with its connection.
      }
    };
  }

  private Process start(URIish uri, String command, int seconds) throws IOException {
    List<String> line = new ArrayList<>(List.of(program, "-T", "-o", "BatchMode=yes"));
    if (seconds > 0) {
      line.addAll(List.of("-o", "ConnectTimeout=" + seconds));
    }
    if (uri.getPort() > 0) {
      line.addAll(List.of("-p", Integer.toString(uri.getPort())));
    }
    String host = uri.getHost();
    line.addAll(List.of("--", uri.getUser() == null ? host : uri.getUser() + "@" + host, command));
    return new ProcessBuilder(line).start();
  }

  @Override
  public String getType() {
    return "machine";
  }
}
