package io.telemetryinject.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line of docs/metrics.md.
 *
 * @param shown {@code always}, or when
 */
public record DocumentedMetric(String name, String type, Set<String> labels, String shown) {
  public static final Path PAGE = Path.of("..", "docs", "metrics.md");

  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^\\| `(telemetry_inject_\\w+)` \\| (\\w+) \\| [^|]+ \\|"
              + "([^|]*)\\| ([^|]+) \\| [^|]+\\|$");

  public static List<DocumentedMetric> all(String page) {
    return LINE.matcher(page)
        .results()
        .map(
            line ->
                new DocumentedMetric(
                    line.group(1), line.group(2), labels(line.group(3)), line.group(4).strip()))
        .toList();
  }

  private static Set<String> labels(String list) {
    return list.isBlank() ? Set.of() : Set.of(list.strip().split(",\\s*"));
  }

  /** The names that Prometheus has its samples under. */
  public Set<String> sampleNames() {
    return switch (type) {
      case "histogram" -> Set.of(name + "_bucket", name + "_count", name + "_sum", name + "_max");
      case "timer" -> Set.of(name + "_count", name + "_sum", name + "_max");
      default -> Set.of(name);
    };
  }
}
