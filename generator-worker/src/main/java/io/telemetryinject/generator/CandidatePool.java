package io.telemetryinject.generator;

import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.cache.ScriptVersion;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Scripts of one language that other keys may adopt, by how many keys they serve already. */
final class CandidatePool {
  private final Predicate<String> adoptable;
  private final Set<ScriptVersion> known = new HashSet<>();
  private final Map<String, Candidate> byDigest = new HashMap<>();

  /**
   * A script's text, however many keys it stands under.
   *
   * @param origin name of the entry it was first seen under
   * @param keys how many entries hold it
   */
  record Candidate(String digest, String script, String origin, int keys) {}

  /**
   * @param adoptable tells of a script's text whether other keys have a use for it
   */
  CandidatePool(Predicate<String> adoptable) {
    this.adoptable = adoptable;
  }

  synchronized boolean knows(ScriptVersion version) {
    return known.contains(version);
  }

  synchronized void add(CachedScript script) {
    ScriptVersion version = new ScriptVersion(script.key(), script.version());
    if (known.add(version) && adoptable.test(script.script())) {
      byDigest.merge(
          script.digest(),
          new Candidate(script.digest(), script.script(), version.name(), 1),
          (old, same) -> new Candidate(old.digest(), old.script(), old.origin(), old.keys() + 1));
    }
  }

  /** The ones that serve most keys; among equals, in an order that does not change. */
  synchronized List<Candidate> mostUsed(int count) {
    return byDigest.values().stream()
        .sorted(
            Comparator.comparingInt(Candidate::keys).reversed().thenComparing(Candidate::digest))
        .limit(count)
        .toList();
  }
}
