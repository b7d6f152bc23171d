package io.telemetryinject.coordinator.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Repositories that lie in a directory. */
final class LocalRepository {
  private LocalRepository() {}

  /** The repository of a work tree's top directory, or a bare one; empty when it is neither. */
  static Optional<Path> in(Path directory) throws IOException {
    QuietGit.prepare();
    for (Path place : new Path[] {directory.resolve(".git"), directory}) {
      if (Files.isRegularFile(place)) {
        FileRepositoryBuilder builder =
            new FileRepositoryBuilder().setWorkTree(directory.toFile()).setup();
        return Optional.ofNullable(builder.getGitDir()).map(file -> file.toPath());
      }
      if (Files.isRegularFile(place.resolve("HEAD")) && Files.isDirectory(place.resolve("refs"))) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  static Repository open(Path place) throws IOException {
    QuietGit.prepare();
    return new FileRepositoryBuilder().setGitDir(place.toFile()).setMustExist(true).build();
  }
}
