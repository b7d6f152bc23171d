package io.telemetryinject.coordinator.tree;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which source files to instrument, by globs over relative paths; the others are carried over.
 *
 * <p>A glob without a slash matches a name anywhere ({@code test_*.py}); one with a slash matches
 * the whole relative path ({@code shop/**}).
 */
public final class PathFilter {
  private static final Pattern LINE_BREAK = Pattern.compile("[\\n\\r\\u0085\\u2028\\u2029]");

  private final List<PathMatcher> includes;
  private final List<PathMatcher> excludes;
  private final List<String> globs;

  /**
   * @param includes when empty, every source file
   * @throws java.util.regex.PatternSyntaxException when a glob is malformed
   */
  public PathFilter(List<String> includes, List<String> excludes) {
    this.includes = includes.stream().map(PathFilter::matcher).toList();
    this.excludes = excludes.stream().map(PathFilter::matcher).toList();
    this.globs = List.of(String.join("\n", includes), String.join("\n", excludes));
  }

  public boolean accepts(Path relative) {
    boolean included =
        includes.isEmpty() || includes.stream().anyMatch(glob -> glob.matches(relative));
    return included && excludes.stream().noneMatch(glob -> glob.matches(relative));
  }

  /** Both lists as text, for the run's identity. */
  public List<String> globs() {
    return globs;
  }

  private static PathMatcher matcher(String glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    return glob.contains("/")
        ? path -> matcher.matches(onOneLine(path))
        : path -> matcher.matches(onOneLine(path.getFileName()));
  }

  /** Java's globs do not look beyond a line break; a name may hold one. */
  private static Path onOneLine(Path path) {
    String text = path.toString();
    String oneLine = LINE_BREAK.matcher(text).replaceAll("_");
    return oneLine.equals(text) ? path : Path.of(oneLine);
  }
}
