package io.telemetryinject.cache;

import io.telemetryinject.cache.ObjectStore.NotAnObjectException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The usage files of all processes, as one. */
final class UsageLedger {
  static final String DIRECTORY = "metadata/usage";

  /** Far beyond {@link UsageRecorder#FILE_LIFE}: nobody writes to a file that old. */
  private static final Duration SETTLED = Duration.ofHours(24);

  private static final int FOLD_FROM = 20;
  private static final int MAX_BYTES = 16 << 20;

  private final ObjectStore store;
  private final Clock clock;

  UsageLedger(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Content of a usage file.
   *
   * @param replaces names of the files whose counters are in here; they no longer count
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Page(
      long misses,
      Long negativeHits,
      Map<String, UsageCounts.Use> entries,
      @Nullable List<String> replaces) {
    Page {
      negativeHits = negativeHits == null ? Long.valueOf(0) : negativeHits;
      entries = Map.copyOf(entries);
      replaces = replaces == null ? List.of() : List.copyOf(replaces);
    }
  }

  private record Sheet(String name, Page page) {
    UsageCounts counts() {
      return new UsageCounts(page.misses(), page.negativeHits(), page.entries());
    }
  }

  UsageCounts total() throws IOException {
    return sum(counting(allSheets()));
  }

  /** Files that hold no counters: damaged, or not the cache's. */
  List<String> unreadable() throws IOException {
    List<String> names = new ArrayList<>(store.names(DIRECTORY));
    allSheets().forEach(sheet -> names.remove(sheet.name()));
    return names;
  }

  /** Makes one file of many old ones; the caller holds the write lock. */
  void fold() throws IOException {
    List<Sheet> all = allSheets();
    List<Sheet> counting = counting(all);
    for (Sheet sheet : all) {
      if (!counting.contains(sheet)) {
        store.delete(DIRECTORY + "/" + sheet.name());
      }
    }
    List<Sheet> old = new ArrayList<>();
    for (Sheet sheet : counting) {
      if (isSettled(sheet.name())) {
        old.add(sheet);
      }
    }
    if (old.size() < FOLD_FROM) {
      return;
    }
    UsageCounts sum = sum(old);
    List<String> replaced = old.stream().map(Sheet::name).toList();
    Page page = new Page(sum.misses(), sum.negativeHits(), sum.entries(), replaced);
    // From here on the old files no longer count, whether or not they can be deleted.
    String folded = DIRECTORY + "/folded-" + UUID.randomUUID() + ".json";
    store.replace(folded, CacheJson.write(page));
    for (String name : replaced) {
      store.delete(DIRECTORY + "/" + name);
    }
  }

  private boolean isSettled(String name) throws IOException {
    Instant limit = clock.instant().minus(SETTLED);
    return store
        .find(DIRECTORY + "/" + name)
        .filter(sheet -> sheet.lastModified().isBefore(limit))
        .isPresent();
  }

  private static UsageCounts sum(List<Sheet> sheets) {
    UsageCounts sum = UsageCounts.NONE;
    for (Sheet sheet : sheets) {
      sum = sum.plus(sheet.counts());
    }
    return sum;
  }

  private List<Sheet> allSheets() throws IOException {
    List<Sheet> sheets = new ArrayList<>();
    for (String name : store.names(DIRECTORY)) {
      page(name).ifPresent(page -> sheets.add(new Sheet(name, page)));
    }
    return sheets;
  }

  private static List<Sheet> counting(List<Sheet> sheets) {
    Set<String> replaced = new HashSet<>();
    sheets.forEach(sheet -> replaced.addAll(sheet.page().replaces()));
    return sheets.stream().filter(sheet -> !replaced.contains(sheet.name())).toList();
  }

  private Optional<Page> page(String name) throws IOException {
    try {
      return store
          .read(DIRECTORY + "/" + name, MAX_BYTES)
          .flatMap(bytes -> CacheJson.read(bytes, Page.class));
    } catch (NotAnObjectException e) {
      return Optional.empty();
    }
  }
}
