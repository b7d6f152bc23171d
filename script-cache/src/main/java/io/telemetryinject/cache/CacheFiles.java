package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The cache's directory as a store of small objects that appear whole or not at all. */
final class CacheFiles {
  /** Half-written files; what lies here for long was left by a process that died. */
  static final String PARTS = "metadata/parts";

  /** Says that this directory is a script cache: nothing is ever removed from any other. */
  static final String MARK = "metadata/cache.json";

  private static final byte[] MARK_TEXT =
      "{\"format\": \"telemetry-inject script cache\", \"layout\": 1}\n"
          .getBytes(StandardCharsets.UTF_8);

  private final Path root;
  private volatile boolean marked;

  CacheFiles(Path root) {
    this.root = requireNonNull(root, "root is null").toAbsolutePath().normalize();
  }

  Path root() {
    return root;
  }

  Path path(String objectKey) {
    return root.resolve(objectKey);
  }

  boolean exists(String objectKey) {
    return Files.exists(path(objectKey), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Reads an object whole.
   *
   * @return nothing when there is no such object
   * @throws NotAnObjectException when what is there cannot have been written by this cache: a
   *     directory, link, pipe or device, or more than {@code maxBytes}
   */
  Optional<byte[]> read(String objectKey, int maxBytes) throws IOException {
    Path file = path(objectKey);
    try {
      // A pipe or device would block or never end, so it is not even opened.
      if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isRegularFile()) {
        throw new NotAnObjectException("is not a regular file");
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] bytes = in.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
          throw new NotAnObjectException("is larger than " + maxBytes + " bytes");
        }
        return Optional.of(bytes);
      }
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (NotAnObjectException odd) {
      throw odd;
    } catch (IOException e) {
      throw CacheException.of("cannot read", file, e);
    }
  }

  /** Writes bytes to a part file, which {@link #publish} or {@link #replace} gives its name. */
  Path part(byte[] bytes) throws CacheException {
    return part(bytes, false);
  }

  /** As {@link #part}, down to the disk: for what cannot be had again for nothing. */
  Path durablePart(byte[] bytes) throws CacheException {
    return part(bytes, true);
  }

  private Path part(byte[] bytes, boolean durable) throws CacheException {
    if (!marked) {
      marked = true;
      publish(part(MARK_TEXT, false), MARK);
    }
    Path part = path(PARTS).resolve(UUID.randomUUID() + ".part");
    try {
      Files.createDirectories(part.getParent());
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
          channel.write(rest);
        }
        if (durable) {
          channel.force(true);
        }
      }
      return part;
    } catch (IOException e) {
      discard(part);
      throw CacheException.of("cannot write", part, e);
    }
  }

  /** Gives a part its name unless the name is taken; the part is gone afterwards. */
  boolean publish(Path part, String objectKey) throws CacheException {
    Path target = path(objectKey);
    try {
      Files.createDirectories(target.getParent());
      return link(part, target);
    } catch (IOException e) {
      throw CacheException.of("cannot write", target, e);
    } finally {
      discard(part);
    }
  }

  private static boolean link(Path part, Path target) throws IOException {
    try {
      Files.createLink(target, part);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      // Entries are published under the write lock, so that this is safe where links do not exist.
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
  }

  /** Gives a part its name, in place of what had it. */
  void replace(Path part, String objectKey) throws CacheException {
    Path target = path(objectKey);
    try {
      Files.createDirectories(target.getParent());
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(part);
      throw CacheException.of("cannot write", target, e);
    }
  }

  /**
   * Whether there is anything to look after.
   *
   * @return false when there is no such directory, or an empty one
   * @throws CacheException when there is something that is not a script cache
   */
  boolean isCache() throws CacheException {
    if (Files.isRegularFile(path(MARK), LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!list("").isEmpty()) {
      throw new CacheException(
          CacheError.NOT_A_CACHE,
          root + " does not look like a script cache: it has no " + MARK,
          null);
    }
    return false;
  }

  boolean delete(String objectKey) throws CacheException {
    try {
      return Files.deleteIfExists(path(objectKey));
    } catch (IOException e) {
      throw CacheException.of("cannot delete", path(objectKey), e);
    }
  }

  /** Names of what lies directly in a directory, in no order. */
  List<String> list(String directory) throws CacheException {
    Path start = path(directory);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(start)) {
      found.forEach(path -> names.add(path.getFileName().toString()));
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw CacheException.of("cannot list", start, requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw CacheException.of("cannot list", start, e);
    }
    return names;
  }

  static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It stays among the parts, where pruning finds it.
    }
  }

  /** What lies under an object's key is no object of this cache. */
  static final class NotAnObjectException extends IOException {
    private static final long serialVersionUID = 1L;

    NotAnObjectException(String what) {
      super(what);
    }
  }
}
