package io.telemetryinject.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files without a name yet: bytes are written here, so that an object appears whole. */
final class PartFiles {
  /** Half-written files; what lies here for long was left by a process that died. */
  static final String DIRECTORY = "metadata/parts";

  static final byte[] MARK_TEXT =
      "{\"format\": \"telemetry-inject script cache\", \"layout\": 1}\n"
          .getBytes(StandardCharsets.UTF_8);

  private final FileObjectStore store;
  private volatile boolean marked;

  PartFiles(FileObjectStore store) {
    this.store = store;
  }

  Path write(byte[] bytes) throws CacheException {
    return write(bytes, false);
  }

  /** As {@link #write}, down to the disk: for what cannot be had again for nothing. */
  Path writeDurably(byte[] bytes) throws CacheException {
    return write(bytes, true);
  }

  private Path write(byte[] bytes, boolean durable) throws CacheException {
    if (!marked) {
      marked = true;
      store.publish(write(MARK_TEXT, false), ObjectStore.MARK);
    }
    Path part = store.path(DIRECTORY).resolve(UUID.randomUUID() + ".part");
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

  static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It stays among the parts, where pruning finds it.
    }
  }
}
