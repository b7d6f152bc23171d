package io.telemetryinject.coordinator.output;

import io.telemetryinject.coordinator.tree.PathText;
import io.telemetryinject.coordinator.tree.TreeEntry;
import io.telemetryinject.language.LanguagePack;
import io.telemetryinject.language.LanguagePacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The telemetry runtime files that instrumented code of a tree imports, by place. */
public final class RuntimeFiles {
  private final SortedMap<Path, byte[]> files;

  private RuntimeFiles(SortedMap<Path, byte[]> files) {
    this.files = files;
  }

  /**
   * What a tree needs so that its modules find the runtime however they are run.
   *
   * @param programs source files that can be started by their own path
   */
  public static RuntimeFiles of(
      LanguagePacks packs, Collection<TreeEntry> entries, Collection<Path> programs) {
    SortedMap<Path, byte[]> files = new TreeMap<>();
    for (LanguagePack pack : packs.all()) {
      List<Path> modules = new ArrayList<>();
      for (TreeEntry entry : entries) {
        if (isModule(pack, entry)) {
          modules.add(entry.path());
        }
      }
      for (Path directory : pack.runtimeDirectories(modules, programs)) {
        files.put(directory.resolve(pack.runtimeFileName()).normalize(), pack.runtimeFile());
      }
    }
    return new RuntimeFiles(files);
  }

  /**
   * Files of the runtime's name in an input that somebody else wrote: those must not be replaced.
   */
  public static List<Path> foreign(LanguagePacks packs, Path root, Collection<TreeEntry> entries)
      throws IOException {
    List<Path> foreign = new ArrayList<>();
    for (TreeEntry entry : entries) {
      for (LanguagePack pack : packs.all()) {
        if (entry.path().endsWith(pack.runtimeFileName()) && !isOurs(pack, root, entry)) {
          foreign.add(entry.path());
        }
      }
    }
    return foreign;
  }

  SortedMap<Path, byte[]> files() {
    return files;
  }

  List<String> paths() {
    return files.keySet().stream().map(PathText::of).toList();
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
