package io.telemetryinject.cache;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import io.telemetryinject.model.MissReason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What all processes noted about misses, run by run. */
final class MissLedger {
  static final String DIRECTORY = "metadata/misses";

  private static final int MAX_BYTES = 16 << 20;

  private final ObjectStore store;

  MissLedger(ObjectStore store) {
    this.store = store;
  }

  /**
   * A key without a script.
   *
   * @param functions that asked for it
   */
  record Miss(MissReason reason, int functions) {
    Miss {
      requireNonNull(reason, "reason is missing");
    }

    /** The first reason stays: later ones only say that the script is still being written. */
    Miss plus(Miss other) {
      return new Miss(reason, functions + other.functions());
    }
  }

  /**
   * One process's notes on one run.
   *
   * @param execution tells this run from others of the same id
   * @param at when it last missed something
   */
  record Page(String run, String execution, Instant at, Map<String, Miss> misses) {
    Page {
      requireNonNull(run, "run is missing");
      requireNonNull(execution, "execution is missing");
      requireNonNull(at, "at is missing");
      misses = Map.copyOf(misses);
    }
  }

  /** The run that missed something last; nothing when none ever did. */
  Optional<MissReport> lastRun() throws IOException {
    List<Page> pages = pages();
    Optional<Page> last = pages.stream().max(Comparator.comparing(Page::at));
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Miss> sum = new TreeMap<>();
    pages.stream()
        .filter(page -> page.run().equals(last.get().run()))
        .filter(page -> page.execution().equals(last.get().execution()))
        .forEach(page -> page.misses().forEach((k, miss) -> sum.merge(k, miss, Miss::plus)));
    List<MissReport.Line> lines = new ArrayList<>();
    sum.forEach(
        (key, miss) -> lines.add(new MissReport.Line(key, miss.reason(), miss.functions())));
    return Optional.of(new MissReport(last.get().run(), last.get().at(), lines));
  }

  private List<Page> pages() throws IOException {
    List<Page> pages = new ArrayList<>();
    for (String name : store.names(DIRECTORY)) {
      try {
        store
            .read(DIRECTORY + "/" + name, MAX_BYTES)
            .flatMap(bytes -> CacheJson.read(bytes, Page.class))
            .ifPresent(pages::add);
      } catch (NotAnObjectException odd) {
        continue;
      }
    }
    return pages;
  }
}
