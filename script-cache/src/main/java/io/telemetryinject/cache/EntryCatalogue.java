package io.telemetryinject.cache;

import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import io.telemetryinject.model.Language;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Everything that lies in the cache's directories, sorted into what is whose. */
final class EntryCatalogue {
  /** Where each is a request, thousands of entries are not read one after the other. */
  private static final int READERS = 16;

  private final ObjectStore store;

  EntryCatalogue(ObjectStore store) {
    this.store = store;
  }

  /**
   * What entries' metadata says, unchecked; those are left out whose metadata cannot be understood.
   */
  Map<EntryName, StoredEntry> read(Collection<EntryName> names) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      Map<EntryName, Future<Optional<StoredEntry>>> reading = new LinkedHashMap<>();
      for (EntryName name : names) {
        reading.put(name, threads.submit(() -> entry(name)));
      }
      Map<EntryName, StoredEntry> entries = new LinkedHashMap<>();
      for (Map.Entry<EntryName, Future<Optional<StoredEntry>>> read : reading.entrySet()) {
        read.getValue().get().ifPresent(entry -> entries.put(read.getKey(), entry));
      }
      return entries;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while entries were read");
    } finally {
      threads.shutdownNow();
    }
  }

  Set<EntryName> names() throws CacheException {
    Set<EntryName> names = new TreeSet<>();
    for (String file : store.names(EntryName.ENTRIES)) {
      EntryName.ofMetadata(file).ifPresent(names::add);
    }
    return names;
  }

  private Optional<StoredEntry> entry(EntryName name) throws IOException {
    try {
      return store
          .read(name.metadata(), CacheJson.MAX_BYTES)
          .flatMap(bytes -> CacheJson.read(bytes, StoredEntry.class));
    } catch (NotAnObjectException e) {
      return Optional.empty();
    }
  }

  /** All objects where scripts, tests, receipts and metadata of entries lie, by their keys. */
  Map<String, StoredObject> objects() throws CacheException {
    Map<String, StoredObject> objects = new LinkedHashMap<>();
    List<String> directories = contentDirectories();
    directories.add(EntryName.ENTRIES);
    for (String directory : directories) {
      for (StoredObject object : store.list(directory, "")) {
        objects.put(directory + "/" + object.name(), object);
      }
    }
    return objects;
  }

  private static List<String> contentDirectories() {
    List<String> directories = new ArrayList<>();
    for (Language language : Language.values()) {
      directories.add(EntryName.SCRIPTS + "/" + language.id());
      directories.add(EntryName.TESTS + "/" + language.id());
    }
    directories.add(EntryName.RECEIPTS);
    return directories;
  }

  /** The entry that an object belongs to by its name, whether or not that entry exists. */
  static Optional<EntryName> owner(String objectKey) {
    String fileName = objectKey.substring(objectKey.lastIndexOf('/') + 1);
    return objectKey.startsWith(EntryName.ENTRIES + "/")
        ? EntryName.ofMetadata(fileName).or(() -> EntryName.ofMarker(fileName))
        : EntryName.ofContent(objectKey);
  }

  /**
   * How much scripts, tests and receipts of entries take. Directories are listed side by side: in a
   * bucket each takes a request per thousand objects.
   */
  Map<EntryName, Long> contentBytes(Set<EntryName> entries) throws CacheException {
    Map<EntryName, Long> sizes = new ConcurrentHashMap<>();
    if (entries.isEmpty()) {
      return sizes;
    }
    try {
      contentDirectories().parallelStream().forEach(directory -> add(directory, entries, sizes));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CacheException problem) {
        throw problem;
      }
      throw e;
    }
    return sizes;
  }

  private void add(String directory, Set<EntryName> entries, Map<EntryName, Long> sizes) {
    try {
      for (StoredObject object : store.list(directory, "")) {
        EntryName.ofContent(directory + "/" + object.name())
            .filter(entries::contains)
            .ifPresent(entry -> sizes.merge(entry, object.bytes(), Long::sum));
      }
    } catch (CacheException e) {
      throw new UncheckedIOException(e);
    }
  }
}
