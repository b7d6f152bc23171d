package io.telemetryinject.benchmarks;

import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads and hashes every file of a tree: what a run that trusts nobody cannot do without. */
public final class HashBenchmark {
  private HashBenchmark() {}

  /**
   * @param args a directory
   */
  public static void main(String[] args) throws IOException {
    Sha256 all = new Sha256();
    try (Stream<Path> paths = Files.walk(Path.of(args[0]))) {
      List<Path> files = paths.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        all.field(Sha256.of(Files.readAllBytes(file)));
      }
      System.out.println(files.size() + " files, " + all.hex());
    }
  }
}
