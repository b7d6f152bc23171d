package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cache in a directory, which the first write makes. */
public final class FileObjectStore implements ObjectStore {
  private final Path root;
  private final PartFiles parts;

  public FileObjectStore(Path root) {
    this.root = requireNonNull(root, "root is null").toAbsolutePath().normalize();
    this.parts = new PartFiles(this);
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public String location(String key) {
    return path(key).toString();
  }

  Path path(String key) {
    return root.resolve(key);
  }

  @Override
  public boolean exists(String key) {
    return Files.exists(path(key), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Optional<byte[]> read(String key, int maxBytes) throws IOException {
    Path file = path(key);
    try {
      // A pipe or device would block or never end, so it is not even opened.
      if (!attributes(file).isRegularFile()) {
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

  @Override
  public boolean create(String key, byte[] bytes) throws CacheException {
    return publish(parts.write(bytes), key);
  }

  @Override
  public void replace(String key, byte[] bytes) throws CacheException {
    replace(parts.write(bytes), key);
  }

  @Override
  public boolean createEntry(EntryObjects entry) throws CacheException {
    List<Path> written = new ArrayList<>();
    try {
      // The slow part, down to the disk, is done before others have to wait.
      for (EntryObjects.NewObject content : entry.contents()) {
        written.add(parts.writeDurably(content.bytes()));
      }
      Path metadata = parts.writeDurably(entry.metadata().bytes());
      written.add(metadata);
      try (WriteLock lock = WriteLock.take(this)) {
        if (exists(entry.metadata().key()) || exists(entry.marker())) {
          return false;
        }
        // What may lie there without an entry was left by a writer that died.
        for (int i = 0; i < entry.contents().size(); i++) {
          replace(written.get(i), entry.contents().get(i).key());
        }
        return publish(metadata, entry.metadata().key());
      }
    } finally {
      written.forEach(PartFiles::discard);
    }
  }

  /** Gives a part its name unless the name is taken; the part is gone afterwards. */
  boolean publish(Path part, String key) throws CacheException {
    Path target = path(key);
    try {
      Files.createDirectories(target.getParent());
      return link(part, target);
    } catch (IOException e) {
      throw CacheException.of("cannot write", target, e);
    } finally {
      PartFiles.discard(part);
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
  private void replace(Path part, String key) throws CacheException {
    Path target = path(key);
    try {
      Files.createDirectories(target.getParent());
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      PartFiles.discard(part);
      throw CacheException.of("cannot write", target, e);
    }
  }

  @Override
  public boolean delete(String key) throws CacheException {
    Path file = path(key);
    try {
      return !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(file);
    } catch (IOException e) {
      throw CacheException.of("cannot delete", file, e);
    }
  }

  @Override
  public Optional<StoredObject> find(String key) throws CacheException {
    return find(path(key));
  }

  private static Optional<StoredObject> find(Path file) throws CacheException {
    try {
      BasicFileAttributes attributes = attributes(file);
      return Optional.of(
          new StoredObject(
              String.valueOf(file.getFileName()),
              attributes.isRegularFile() ? attributes.size() : 0,
              attributes.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw CacheException.of("cannot read", file, e);
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public List<StoredObject> list(String directory, String namesBegin) throws CacheException {
    List<StoredObject> objects = new ArrayList<>();
    for (String name : names(directory)) {
      if (name.startsWith(namesBegin)) {
        find(path(directory).resolve(name)).ifPresent(objects::add);
      }
    }
    return objects;
  }

  @Override
  public List<String> names(String directory) throws CacheException {
    Path start = path(directory);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(start)) {
      found.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw CacheException.of("cannot list", start, requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw CacheException.of("cannot list", start, e);
    }
    return names;
  }

  @Override
  public Lock lock() throws CacheException {
    return WriteLock.take(this);
  }

  @Override
  public Duration settlesWithin() {
    return Duration.ZERO;
  }

  @Override
  public boolean tellsLastChange() {
    return true;
  }

  @Override
  public Instant lastChange(String directory) throws CacheException {
    Path start = path(directory);
    try {
      return Files.getLastModifiedTime(start).toInstant();
    } catch (NoSuchFileException none) {
      return Instant.EPOCH;
    } catch (IOException e) {
      throw CacheException.of("cannot list", start, e);
    }
  }

  @Override
  public boolean isCache() throws CacheException {
    if (Files.isRegularFile(path(MARK), LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!names("").isEmpty()) {
      throw new CacheException(
          CacheError.NOT_A_CACHE,
          root + " does not look like a script cache: it has no " + MARK,
          null);
    }
    return false;
  }
}
