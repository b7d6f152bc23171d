package io.telemetryinject.coordinator.git;

import io.telemetryinject.coordinator.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.NetRCCredentialsProvider;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** A bare clone that the next night only fetches into. It knows no password, nor where it is of. */
final class KeptClone {
  private static final int TIMEOUT_SECONDS = 120;
  private static final List<RefSpec> ALL =
      List.of(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*"));

  private final Path directory;
  private final String sshProgram;

  KeptClone(Path directory, String sshProgram) {
    this.directory = directory;
    this.sshProgram = sshProgram;
  }

  /** Fetches what is new, which the first time is everything. */
  Repository fetch(GitAddress address, URIish uri) throws InputProblem, IOException {
    QuietGit.prepare();
    Repository repository =
        new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
    try {
      if (!Files.isRegularFile(directory.resolve("HEAD"))) {
        repository.create(true);
        StoredConfig config = repository.getConfig();
        config.setBoolean("gc", null, "autoDetach", false);
        config.save();
      }
      fetch(repository, uri);
      return repository;
    } catch (TransportException | NotSupportedException e) {
      repository.close();
      throw new InputProblem(
          "cannot fetch from " + address + ": " + address.withoutSecrets(reason(e)),
          "Check the address, and that this machine may read the repository without being asked"
              + " for a password: a token in the URL or in ~/.netrc, or an ssh key.");
    } catch (IOException | RuntimeException e) {
      repository.close();
      throw e;
    }
  }

  private void fetch(Repository repository, URIish uri) throws IOException {
    try (Transport transport = Transport.open(repository, uri)) {
      transport.setTimeout(TIMEOUT_SECONDS);
      transport.setRemoveDeletedRefs(true);
      transport.setCheckFetchedObjects(true);
      transport.setCredentialsProvider(
          uri.getUser() == null
              ? new NetRCCredentialsProvider()
              : new UsernamePasswordCredentialsProvider(
                  uri.getUser(), uri.getPass() == null ? "" : uri.getPass()));
      if (transport instanceof SshTransport ssh) {
        ssh.setSshSessionFactory(new MachineSsh(sshProgram));
      }
      FetchResult result = transport.fetch(NullProgressMonitor.INSTANCE, ALL);
      Ref head = result.getAdvertisedRef(Constants.HEAD);
      if (head != null) {
        ObjectId commit = head.getObjectId();
        RefUpdate update = repository.updateRef(Constants.HEAD, true);
        update.setNewObjectId(commit);
        update.forceUpdate();
      }
    }
  }

  private static String reason(Throwable problem) {
    Throwable last = problem;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    String message = problem.getMessage() == null ? "" : problem.getMessage();
    String cause = last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    return message.contains(cause) || last == problem ? message : message + " (" + cause + ")";
  }
}
