package io.telemetryinject.cache.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.model.RelativePaths;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tree of files in a bucket: an object per file under its path, and a list of them that is
 * written last. Only what has changed is sent or fetched. One writer at a time.
 */
public final class S3Tree implements AutoCloseable {
  /** The list; no run writes a file of that name. */
  public static final String INDEX = ".telemetry-inject/objects.json";

  /** Everything that may lie there while a publication is under way. */
  private static final String PENDING = INDEX + ".pending";

  private static final int MAX_BYTES = 1 << 30;
  private static final int AT_ONCE = 8;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final S3Requests requests;

  /** What a file is besides its bytes. */
  private enum Kind {
    FILE,
    EXECUTABLE,
    LINK
  }

  /**
   * @param sha256 of the bytes, or of a link's target as text
   */
  private record Entry(Kind kind, String sha256) {}

  private record Index(Map<String, Entry> files) {
    Index {
      requireNonNull(files, "files is missing");
    }
  }

  /**
   * What it took to bring one side to the state of the other.
   *
   * @param files in the tree
   * @param moved sent or fetched
   * @param removed that the tree has no more
   */
  public record Moved(int files, int moved, int removed) {}

  private S3Tree(S3Requests requests) {
    this.requests = requests;
  }

  /**
   * Opens a place; no request is made yet.
   *
   * @throws CacheException when no client can be made of the settings
   */
  public static S3Tree open(S3Settings settings, OutageListener listener) throws CacheException {
    return new S3Tree(new S3Requests(S3Clients.open(settings), settings, listener));
  }

  /**
   * Brings the bucket to the state of a directory. Who reads it meanwhile sees some of both; a
   * publication that is broken off is completed by the next.
   */
  public Moved publish(Path directory) throws IOException {
    Map<String, Entry> local = scan(directory);
    Map<String, Entry> there = index(INDEX).map(Index::files).orElse(Map.of());
    Map<String, Entry> known = new TreeMap<>(there);
    index(PENDING).ifPresent(brokenOff -> known.putAll(brokenOff.files()));
    List<Callable<Void>> work = new ArrayList<>();
    local.forEach(
        (path, entry) -> {
          if (!entry.equals(there.get(path))) {
            work.add(
                () -> {
                  requests.put(key(path), bytes(directory.resolve(path), entry));
                  return null;
                });
          }
        });
    int changed = work.size();
    known
        .keySet()
        .forEach(
            path -> {
              if (!local.containsKey(path)) {
                work.add(
                    () -> {
                      requests.delete(key(path));
                      return null;
                    });
              }
            });
    if (!work.isEmpty()) {
      // A list that promises old bytes under new names would be believed; one of what may lie there
      // lets the next publication finish this one if it is broken off.
      known.putAll(local);
      requests.put(PENDING, JSON.writeValueAsBytes(new Index(known)));
      requests.delete(INDEX);
      all(work);
      requests.put(INDEX, JSON.writeValueAsBytes(new Index(local)));
      requests.delete(PENDING);
    }
    return new Moved(local.size(), changed, work.size() - changed);
  }

  /**
   * Brings a directory to the state of the bucket.
   *
   * @return nothing when no complete tree lies there; the directory is left as it is
   */
  public Optional<Moved> fetch(Path directory) throws IOException {
    Optional<Index> index = index(INDEX);
    if (index.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Entry> there = index.get().files();
    Map<String, Entry> local = Files.isDirectory(directory) ? scan(directory) : Map.of();
    List<Callable<Void>> work = new ArrayList<>();
    List<Callable<Void>> links = new ArrayList<>();
    for (Map.Entry<String, Entry> file : there.entrySet()) {
      Path target = inside(directory, file.getKey(), there);
      if (!file.getValue().equals(local.get(file.getKey()))) {
        (file.getValue().kind() == Kind.LINK ? links : work)
            .add(
                () -> {
                  write(target, file.getKey(), file.getValue());
                  return null;
                });
      }
    }
    int removed = 0;
    for (String path : local.keySet()) {
      if (!there.containsKey(path)) {
        Files.delete(directory.resolve(path));
        removed++;
      }
    }
    all(work);
    all(links); // when nothing is written any more that could go through one
    return Optional.of(new Moved(there.size(), work.size() + links.size(), removed));
  }

  private Optional<Index> index(String list) throws IOException {
    Optional<byte[]> bytes = requests.get(list, MAX_BYTES);
    try {
      return bytes.map(text -> JSON.readValue(text, Index.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Entry> scan(Path directory) throws IOException {
    Map<String, Entry> files = new TreeMap<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String path = directory.relativize(file).toString();
            if (!directory.resolve(path).equals(file)) {
              throw new IOException(
                  "the name of " + file + " is not UTF-8, as names of objects in a bucket are");
            }
            if (attributes.isSymbolicLink()) {
              String target = Files.readSymbolicLink(file).toString();
              files.put(path, new Entry(Kind.LINK, Sha256.of(target)));
            } else if (attributes.isRegularFile() && !path.equals(INDEX)) {
              Kind kind = Files.isExecutable(file) ? Kind.EXECUTABLE : Kind.FILE;
              files.put(path, new Entry(kind, Sha256.of(Files.readAllBytes(file))));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static byte[] bytes(Path file, Entry entry) throws IOException {
    return entry.kind() == Kind.LINK
        ? Files.readSymbolicLink(file).toString().getBytes(UTF_8)
        : Files.readAllBytes(file);
  }

  private void write(Path target, String path, Entry entry) throws IOException {
    byte[] bytes =
        requests
            .get(key(path), MAX_BYTES)
            .filter(content -> Sha256.of(content).equals(entry.sha256()))
            .orElseThrow(
                () ->
                    new IOException(
                        requests.location(key(path))
                            + " is not what its list says; run without --incremental"));
    Files.createDirectories(requireNonNull(target.getParent(), "a root is no file"));
    Files.deleteIfExists(target);
    if (entry.kind() == Kind.LINK) {
      Files.createSymbolicLink(target, Path.of(new String(bytes, UTF_8)));
      return;
    }
    Files.write(target, bytes);
    if (entry.kind() == Kind.EXECUTABLE && !target.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + target + " executable");
    }
  }

  /** A list may come from anybody who can write to the bucket. */
  private static Path inside(Path directory, String path, Map<String, Entry> all)
      throws IOException {
    // Another spelling of a path would be checked as one file and written as another.
    if (!RelativePaths.isInside(path) || path.indexOf(0) >= 0) {
      throw new IOException("the list of the bucket's files has a path that leaves it: " + path);
    }
    Path target = directory.resolve(path);
    boolean leaves = false;
    Path parent = target.getParent();
    while (!leaves && parent != null && !parent.equals(directory)) {
      Entry listed = all.get(directory.relativize(parent).toString());
      leaves = listed != null || Files.isSymbolicLink(parent);
      parent = parent.getParent();
    }
    if (leaves) {
      throw new IOException("the list of the bucket's files has a path that leaves it: " + path);
    }
    return target;
  }

  /** S3 takes most names as they are; signs that some servers do not take are written in hex. */
  private static String key(String path) {
    StringBuilder key = new StringBuilder(path.length());
    path.codePoints()
        .forEach(
            c -> {
              if (c < ' ' || c == '%' || c == '\\' || c == 0x7f || c == 0xfffd) {
                key.append(String.format("%%%02X", c));
              } else {
                key.appendCodePoint(c);
              }
            });
    return key.toString();
  }

  private static void all(List<Callable<Void>> work) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException problem ? problem : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while files were moved");
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public void close() {
    requests.close();
  }
}
