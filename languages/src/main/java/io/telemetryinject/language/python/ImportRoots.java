package io.telemetryinject.language.python;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Directories from which Python may start looking for the modules of a tree.
 *
 * <p>These are the parent of each top-most package, every directory that holds a module outside a
 * package or a program inside one ({@code python pkg/tool.py} searches {@code pkg}), and what lies
 * above them as long as it could be a namespace package.
 */
final class ImportRoots {
  private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Path ROOT = Path.of("");

  private final Set<Path> packages = new HashSet<>();

  private ImportRoots(Collection<Path> modules) {
    for (Path module : modules) {
      if (module.endsWith("__init__.py")) {
        packages.add(directoryOf(module));
      }
    }
  }

  static Set<Path> of(Collection<Path> modules, Collection<Path> programs) {
    ImportRoots search = new ImportRoots(modules);
    Set<Path> roots = new TreeSet<>();
    for (Path module : modules) {
      search.addWithNamespaces(search.rootOf(directoryOf(module)), roots);
    }
    programs.forEach(program -> roots.add(directoryOf(program)));
    return roots;
  }

  /** The directory itself outside packages, else the parent of the top-most package. */
  private Path rootOf(Path directory) {
    Path root = directory;
    while (packages.contains(root) && !root.equals(ROOT)) {
      root = directoryOf(root);
    }
    return root;
  }

  private void addWithNamespaces(Path root, Set<Path> roots) {
    Path current = root;
    while (roots.add(current) && !current.equals(ROOT)) {
      if (!IDENTIFIER.matcher(current.getFileName().toString()).matches()) {
        return;
      }
      current = directoryOf(current);
    }
  }

  private static Path directoryOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? ROOT : parent;
  }
}
