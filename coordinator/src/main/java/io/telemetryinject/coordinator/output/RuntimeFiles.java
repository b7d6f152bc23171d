package io.telemetryinject.coordinator.output;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.telemetryinject.coordinator.manifest.FileRecord;
import io.telemetryinject.coordinator.manifest.Manifest;
import io.telemetryinject.coordinator.manifest.ManifestHeader;
import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.SourceTree;
import io.telemetryinject.coordinator.tree.TreeEntry;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The telemetry runtime files that instrumented code of a tree imports, by place, each with a table
 * that says which script instrumented which function.
 */
public final class RuntimeFiles {
  private static final Path ROOT = Path.of("");

  /** Characters; a tree with more functions is hardly packaged in one piece. */
  private static final long PACKAGED_TABLE_LIMIT = 16L << 20;

  private final LanguagePacks packs;
  private final SortedMap<Path, Place> places;

  /** A directory that holds a pack's runtime file. */
  private record Place(LanguagePack pack, ScriptTable table) {
    Place(LanguagePack pack) {
      this(pack, new ScriptTable(pack));
    }
  }

  private RuntimeFiles(LanguagePacks packs, SortedMap<Path, Place> places) {
    this.packs = packs;
    this.places = places;
  }

  /**
   * What a tree needs so that its modules find the runtime however they are run.
   *
   * @param programs source files that can be started by their own path
   */
  public static RuntimeFiles of(
      LanguagePacks packs, Collection<TreeEntry> entries, Collection<Path> programs) {
    SortedMap<Path, Place> places = new TreeMap<>();
    for (LanguagePack pack : packs.all()) {
      List<Path> modules = new ArrayList<>();
      for (TreeEntry entry : entries) {
        if (isModule(pack, entry)) {
          modules.add(entry.path());
        }
      }
      for (Path directory : pack.runtimeDirectories(modules, programs)) {
        places.put(directory, new Place(pack));
      }
    }
    return new RuntimeFiles(packs, places);
  }

  /** Takes a file's functions into the tables that its code will find. */
  synchronized void add(Path file, FileRecord fileRecord) {
    Path above = file;
    do {
      above = above.getParent() == null ? ROOT : above.getParent();
      Place place = places.get(above);
      if (place != null) {
        place.table().add(above.equals(ROOT) ? file : above.relativize(file), fileRecord);
      }
    } while (!above.equals(ROOT));
  }

  /** Writes all of them, and each pack's runtime once more as a package. */
  synchronized void write(AtomicFiles files, RunId run) throws IOException {
    for (LanguagePack pack : packsInUse()) {
      files.write(packagePath(pack), pack.runtimePackage(run, tableOf(pack).bytes()), null);
    }
    each(run, (path, bytes) -> files.write(path, bytes, null));
  }

  /** Takes a file. */
  interface Taker {
    void take(Path relative, byte[] content) throws IOException;
  }

  /** Gives all of them but the packages, one after the other. */
  synchronized void each(RunId run, Taker taker) throws IOException {
    for (Map.Entry<Path, Place> entry : places.entrySet()) {
      LanguagePack pack = entry.getValue().pack();
      Path directory = entry.getKey();
      taker.take(directory.resolve(pack.runtimeFileName()), pack.runtimeFile(run));
      byte[] table = entry.getValue().table().bytes();
      taker.take(directory.resolve(pack.scriptTableFileName()), table);
    }
  }

  /** Whether all of them are in an output already, as a run of the same identity wrote them. */
  boolean stands(Path root, Standing standing, ManifestHeader header, Manifest earlier) {
    boolean sameRun = earlier.header().filter(then -> then.run().equals(header.run())).isPresent();
    return sameRun
        && paths().stream()
            .allMatch(path -> isThere(root.resolve(PathText.toPath(path)), standing));
  }

  private static boolean isThere(Path file, Standing standing) {
    return Files.isRegularFile(file, NOFOLLOW_LINKS) && standing.isUntouchedItself(file);
  }

  /** Whether earlier runs wrote some that nothing needs any more. */
  boolean hasStale(Collection<String> earlier) {
    return !Set.copyOf(paths()).containsAll(earlier);
  }

  /** Removes those of earlier runs that nothing needs any more. */
  void removeStale(Path root, Collection<String> earlier) throws IOException {
    Set<String> stale = new TreeSet<>(earlier);
    paths().forEach(stale::remove);
    remove(packs, root, stale);
  }

  /** Removes what is ours of the files at these paths. */
  static void remove(LanguagePacks packs, Path root, Collection<String> paths) throws IOException {
    for (String path : paths) {
      Path file = root.resolve(PathText.toPath(path));
      if (Files.isRegularFile(file, NOFOLLOW_LINKS) && isOurs(packs, file)) {
        Files.delete(file);
      }
    }
  }

  private static boolean isOurs(LanguagePacks packs, Path file) throws IOException {
    for (LanguagePack pack : packs.all()) {
      if (file.endsWith(pack.scriptTableFileName())
          || file.endsWith(pack.runtimePackageName())
          || (file.endsWith(pack.runtimeFileName())
              && pack.isRuntimeFile(Files.readAllBytes(file)))) {
        return true;
      }
    }
    return false;
  }

  private Set<LanguagePack> packsInUse() {
    Set<LanguagePack> inUse = new LinkedHashSet<>();
    places.values().forEach(place -> inUse.add(place.pack()));
    return inUse;
  }

  /**
   * All lines of a pack, since a package does not know which directory's modules it will meet; none
   * where there are too many to hold them once more.
   */
  private ScriptTable tableOf(LanguagePack pack) {
    List<ScriptTable> tables =
        places.values().stream()
            .filter(place -> place.pack().equals(pack))
            .map(Place::table)
            .toList();
    ScriptTable all = new ScriptTable(pack);
    if (tables.stream().mapToLong(ScriptTable::characters).sum() <= PACKAGED_TABLE_LIMIT) {
      tables.forEach(all::addAll);
    }
    return all;
  }

  private static Path packagePath(LanguagePack pack) {
    return Path.of(SourceTree.RUN_DIRECTORY, pack.runtimePackageName());
  }

  /** Where they are, relative to the root. */
  public List<String> paths() {
    List<String> paths = new ArrayList<>();
    packsInUse().forEach(pack -> paths.add(PathText.of(packagePath(pack))));
    places.forEach(
        (directory, place) -> {
          paths.add(PathText.of(directory.resolve(place.pack().runtimeFileName())));
          paths.add(PathText.of(directory.resolve(place.pack().scriptTableFileName())));
        });
    return paths;
  }

  /**
   * Files of the runtime's name in an input that somebody else wrote: those must not be replaced.
   *
   * @param seenBefore files that an earlier run has looked at already
   */
  public static List<Path> foreign(
      LanguagePacks packs, Path root, Collection<TreeEntry> entries, Predicate<Path> seenBefore)
      throws IOException {
    List<Path> foreign = new ArrayList<>();
    for (TreeEntry entry : entries) {
      for (LanguagePack pack : packs.all()) {
        if (entry.path().endsWith(pack.runtimeFileName())
            && !seenBefore.test(entry.path())
            && !isOurs(pack, root, entry)) {
          foreign.add(entry.path());
        }
      }
    }
    return foreign;
  }

  private static boolean isOurs(LanguagePack pack, Path root, TreeEntry entry) throws IOException {
    return entry instanceof TreeEntry.PlainFile
        && pack.isRuntimeFile(Files.readAllBytes(root.resolve(entry.path())));
  }

  private static boolean isModule(LanguagePack pack, TreeEntry entry) {
    boolean file = entry instanceof TreeEntry.SourceFile || entry instanceof TreeEntry.PlainFile;
    return file && pack.owns(entry.path().getFileName().toString());
  }
}
