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
    for (Path place : new Path[] {directory.resolve(".git"), directory}) {
      if (Files.isRegularFile(place)) {
        QuietGit.prepare();
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

  /** Whether a directory is, or lies in, a work tree; without starting up JGit. */
  static boolean isAround(Path directory) {
    for (Path above = directory; above != null; above = above.getParent()) {
      if (Files.exists(above.resolve(".git"))) {
        return true;
      }
    }
    return false;
  }

  static Repository open(Path place) throws IOException {
    QuietGit.prepare();
    return new FileRepositoryBuilder().setGitDir(place.toFile()).setMustExist(true).build();
  }
}
