package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.Reading.Sound;
import io.telemetryinject.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of entries at hand, for caches that lie elsewhere. Trusted no more than what lies there:
 * each read checks every byte against the digest of what was checked before in this process, or
 * else digests and signature anew. Entries never change, so that a copy is never out of date; one
 * that is damaged is thrown away. Several processes may share a directory.
 */
public final class LocalCopies {
  /** Enough for some ten thousand scripts. */
  public static final long DEFAULT_BYTES = 256L << 20;

  private static final Logger LOGGER = LoggerFactory.getLogger(LocalCopies.class);
  private static final String ENDING = ".copy";
  private static final int MAX_COPY = CacheJson.MAX_BYTES + 3 * EntryReader.MAX_TEXT_BYTES + 16;

  /** When a copy was last used need not be known better: that is a write for a read. */
  private static final Duration TOUCH_EVERY = Duration.ofHours(1);

  private static final Duration PART_LIFE = Duration.ofHours(1);

  private final Path directory;
  private final long maxBytes;
  private final Clock clock;
  private final AtomicLong total = new AtomicLong(-1);
  private final Map<EntryName, Checked> checked =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<EntryName, Checked> eldest) {
              return size() > 1_024;
            }
          });

  /**
   * @param directory made on first use
   * @param maxBytes beyond that, what was not used for longest goes
   */
  public LocalCopies(Path directory, long maxBytes) {
    this(directory, maxBytes, Clock.systemUTC());
  }

  LocalCopies(Path directory, long maxBytes, Clock clock) {
    this.directory = requireNonNull(directory, "directory is null").toAbsolutePath().normalize();
    this.maxBytes = maxBytes;
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * A copy whose signature was verified by this process.
   *
   * @param digest SHA-256 of all its bytes, in hex
   */
  private record Checked(String digest, Sound sound, Instant touched) {}

  /** What a copy holds, if there is one and it is sound. */
  Optional<Sound> read(EntryName name, ScriptVerifier verifier) {
    Path file = file(name);
    byte[] bytes;
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(MAX_COPY + 1);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      LOGGER.atDebug().addKeyValue("problem", e.getMessage()).log("local copy not read");
      return Optional.empty();
    }
    String digest = Sha256.of(bytes);
    Checked known = checked.get(name);
    if (known == null || !known.digest().equals(digest)) {
      Optional<Sound> sound = check(name, bytes, verifier);
      if (sound.isEmpty()) {
        forget(name);
        return Optional.empty();
      }
      known = new Checked(digest, sound.get(), Instant.EPOCH);
    }
    checked.put(name, touch(file, known));
    return Optional.of(known.sound());
  }

  private static Optional<Sound> check(EntryName name, byte[] bytes, ScriptVerifier verifier) {
    return EntryCopy.of(bytes)
        .flatMap(
            copy -> {
              try {
                return new EntryReader(copy.source(name), verifier).read(name)
                        instanceof Sound sound
                    ? Optional.of(sound)
                    : Optional.empty();
              } catch (IOException e) {
                return Optional.empty();
              }
            });
  }

  private Checked touch(Path file, Checked copy) {
    Instant now = clock.instant();
    if (now.isBefore(copy.touched().plus(TOUCH_EVERY))) {
      return copy;
    }
    try {
      Files.setLastModifiedTime(file, FileTime.from(now));
    } catch (IOException e) {
      LOGGER.atDebug().addKeyValue("problem", e.getMessage()).log("local copy not marked as used");
    }
    return new Checked(copy.digest(), copy.sound(), now);
  }

  /** Keeps a sound entry; what cannot be kept is logged and otherwise ignored. */
  void keep(EntryName name, Sound sound) {
    byte[] bytes = sound.copy().bytes();
    Path part = directory.resolve(UUID.randomUUID() + ".part");
    try {
      Files.createDirectories(directory);
      Files.write(part, bytes);
      Files.move(part, file(name), StandardCopyOption.ATOMIC_MOVE);
      checked.put(name, new Checked(Sha256.of(bytes), sound, clock.instant()));
      makeRoom(bytes.length);
    } catch (IOException e) {
      PartFiles.discard(part);
      LOGGER.atDebug().addKeyValue("problem", e.getMessage()).log("local copy not kept");
    }
  }

  void forget(EntryName name) {
    checked.remove(name);
    PartFiles.discard(file(name));
  }

  /** Versions of which there are copies, newest first. */
  List<Integer> versions(String base) {
    List<Integer> versions = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(base) && name.endsWith(ENDING))
          .flatMap(name -> EntryName.parse(withoutEnding(name)).stream())
          .filter(name -> name.base().equals(base))
          .forEach(name -> versions.add(name.version()));
    } catch (IOException e) {
      return List.of();
    }
    versions.sort(Comparator.reverseOrder());
    return versions;
  }

  private static String withoutEnding(String name) {
    return name.substring(0, name.length() - ENDING.length());
  }

  private Path file(EntryName name) {
    return directory.resolve(name.text() + ENDING);
  }

  private record Used(Path file, long bytes, Instant last) {}

  /** The directory is looked through once, and again when it has become too large. */
  private synchronized void makeRoom(long added) throws IOException {
    if (total.get() >= 0 && total.addAndGet(added) <= maxBytes) {
      return;
    }
    List<Used> all = all();
    long bytes = all.stream().mapToLong(Used::bytes).sum();
    if (bytes > maxBytes) {
      all.sort(Comparator.comparing(Used::last));
      for (Used oldest : all) {
        if (bytes <= maxBytes * 9 / 10) {
          break;
        }
        PartFiles.discard(oldest.file());
        bytes -= oldest.bytes();
      }
    }
    total.set(bytes);
  }

  private List<Used> all() throws IOException {
    List<Used> all = new ArrayList<>();
    FileObjectStore store = new FileObjectStore(directory);
    for (StoredObject object : store.list("", "")) {
      Path file = directory.resolve(object.name());
      if (object.name().endsWith(ENDING)) {
        all.add(new Used(file, object.bytes(), object.lastModified()));
      } else if (object.name().endsWith(".part")
          && object.lastModified().plus(PART_LIFE).isBefore(clock.instant())) {
        PartFiles.discard(file);
      }
    }
    return all;
  }
}
