package io.telemetryinject.language.python;

import java.util.HashSet;
import java.util.Set;

/** How one function uses the names that may show it its own frame. */
final class FrameUses {
  private boolean certain;
  private Set<String> used = Set.of();
  private Set<String> bound = Set.of();
  private Set<String> global = Set.of();

  /** The function reaches a frame, whatever its names are bound to. */
  void read() {
    certain = true;
  }

  void use(String name) {
    used = with(used, name);
  }

  /** The function binds the name itself, so that it means something else in all of it. */
  void bind(String name) {
    bound = with(bound, name);
  }

  void declareGlobal(String name) {
    global = with(global, name);
  }

  boolean seesFrame() {
    return certain
        || used.stream().anyMatch(name -> !bound.contains(name) || global.contains(name));
  }

  private static Set<String> with(Set<String> names, String name) {
    Set<String> more = names.isEmpty() ? new HashSet<>(4) : names;
    more.add(name);
    return more;
  }
}
