package io.telemetryinject.coordinator.service.web;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.model.Insertion;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.RunStatus;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;

/**
 * What a run did to files, from its manifest. Only what the manifest names, and only as the run
 * left it, is ever read.
 */
final class RunFiles {
  private static final int MAX_PAGE = 500;

  /**
   * One source file.
   *
   * @param insertions put into it; 0 if it is as it was
   */
  record FileSummary(
      String path, int insertions, int applied, int unchanged, int skipped, int failures) {}

  /**
   * Some of a run's files.
   *
   * @param total how many there are in all
   * @param offset of the first of these
   */
  record FilePage(int total, int offset, List<FileSummary> files) {}

  /** A piece of a file's text. */
  record Segment(String text, boolean inserted) {}

  /** A file's text, in pieces; without the inserted ones it is the original. */
  record FileDiff(String path, List<Segment> segments) {}

  /** One at a time: manifests of large trees are large. */
  synchronized FilePage list(
      Path tree, RunStatus run, boolean changed, String filter, int offset, int limit)
      throws IOException {
    try (Manifest manifest = open(tree, run)) {
      String wanted = filter.toLowerCase(Locale.ROOT);
      List<FileRecord> found = new ArrayList<>();
      for (String path : new TreeSet<>(manifest.paths())) {
        FileRecord file = manifest.outline(path).orElseThrow();
        boolean asBefore = file.after().equals(file.before());
        if (!(changed && asBefore) && path.toLowerCase(Locale.ROOT).contains(wanted)) {
          found.add(file);
        }
      }
      int from = Math.min(Math.max(0, offset), found.size());
      int to = from + Math.min(Math.min(Math.max(0, limit), MAX_PAGE), found.size() - from);
      List<FileSummary> page = new ArrayList<>();
      for (FileRecord file : found.subList(from, to)) {
        page.add(summary(manifest.record(file.path()).orElseThrow()));
      }
      return new FilePage(found.size(), from, page);
    }
  }

  private static FileSummary summary(FileRecord file) {
    int skipped =
        (int) file.others().stream().filter(f -> f.outcome() instanceof Outcome.Skipped).count();
    return new FileSummary(
        file.path(),
        file.insertions().size(),
        file.applied(),
        file.unchanged(),
        skipped,
        file.others().size() - skipped);
  }

  synchronized FileDiff diff(Path tree, RunStatus run, String path) throws IOException {
    try (Manifest manifest = open(tree, run)) {
      FileRecord file = manifest.record(path).orElseThrow(() -> noFile(path));
      byte[] bytes = bytes(tree.toRealPath(), file);
      if (!Sha256.of(bytes).equals(file.after())) {
        throw Problem.of(HttpStatus.CONFLICT, "the file was changed since the run wrote it");
      }
      return new FileDiff(path, segments(bytes, file));
    }
  }

  /** Nothing is read through a link: it may lead out of the tree. */
  private static byte[] bytes(Path root, FileRecord file) throws IOException {
    Path place = root.resolve(PathText.toPath(file.path()));
    if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
        || !place.toRealPath().equals(place)) {
      throw noFile(file.path());
    }
    return Files.readAllBytes(place);
  }

  /** Offsets count the original's bytes; what was inserted before moves them. */
  private static List<Segment> segments(byte[] bytes, FileRecord file) {
    Charset charset = Charset.forName(file.charset());
    List<Segment> segments = new ArrayList<>();
    int from = 0;
    int moved = 0;
    for (Insertion insertion : file.insertions()) {
      int at = insertion.offset() + moved;
      int length = insertion.text().getBytes(charset).length;
      if (at > from) {
        segments.add(new Segment(new String(bytes, from, at - from, charset), false));
      }
      segments.add(new Segment(new String(bytes, at, length, charset), true));
      from = at + length;
      moved += length;
    }
    if (from < bytes.length) {
      segments.add(new Segment(new String(bytes, from, bytes.length - from, charset), false));
    }
    return segments;
  }

  private static Problem noFile(String path) {
    return Problem.of(HttpStatus.NOT_FOUND, "the run has no source file " + path);
  }

  /** The manifest, if it still is this run's. */
  private static Manifest open(Path tree, RunStatus run) throws IOException {
    if (!Manifest.hasTraces(tree)) {
      throw Problem.of(HttpStatus.NOT_FOUND, "the run has written nothing yet");
    }
    Manifest manifest = Manifest.read(tree);
    boolean own =
        manifest.header().filter(header -> header.run().digest().equals(run.run())).isPresent();
    if (!own) {
      manifest.close();
      throw Problem.of(
          HttpStatus.NOT_FOUND, "the output holds another run's result, or none of this one yet");
    }
    return manifest;
  }
}
