package io.telemetryinject.generator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.ScriptVersion;
import io.telemetryinject.generator.author.Draft;
import io.telemetryinject.generator.author.DraftTrial;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.generator.author.Manuscript.Sound;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.language.ScriptTemplates;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.Language;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.sandbox.ValidationReport;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves a new key with a script that was written for another. It is validated as if it had just
 * been written, with tests from the templates, so that it costs no call and no trust.
 */
public final class Adoption {
  /** Those that serve most keys come first; a script that fits is found early or not at all. */
  private static final int MAX_TRIALS = 64;

  private static final int REMEMBERED = 100_000;

  private final List<Source> sources;
  private final LanguagePacks packs;
  private final DraftTrial trial;
  private final Clock clock;
  private final Map<Shelf, CandidatePool> pools = new ConcurrentHashMap<>();
  private final Set<Pair> failed =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Pair, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /** A key, and a script that is not for it. */
  private record Pair(String key, String script) {}

  /**
   * Where scripts come from.
   *
   * @param label what an adopted script's provenance begins with
   */
  record Source(ScriptCache cache, String label) {}

  /** One language's scripts of one source. */
  private record Shelf(Language language, Source source) {}

  /**
   * @param sources the first is where scripts are stored
   */
  Adoption(List<Source> sources, LanguagePacks packs, DraftTrial trial, Clock clock) {
    this.sources = List.copyOf(sources);
    this.packs = requireNonNull(packs, "packs is null");
    this.trial = requireNonNull(trial, "trial is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** A script of another key, or an earlier one of this key, that passes the whole validation. */
  Optional<Sound> find(GenerationOrder order) throws IOException {
    for (Source source : sources) {
      Optional<Sound> sound = find(order, source);
      if (sound.isPresent()) {
        return sound;
      }
    }
    return Optional.empty();
  }

  private Optional<Sound> find(GenerationOrder order, Source source) throws IOException {
    CandidatePool pool = pool(new Shelf(order.key().language(), source));
    for (ScriptVersion version : source.cache().versions(order.key().language())) {
      if (!pool.knows(version)) {
        source.cache().read(version.key(), version.version()).ifPresent(pool::add);
      }
    }
    List<CandidatePool.Candidate> candidates =
        pool.mostUsed(MAX_TRIALS).stream()
            .filter(c -> !isUnfit(order, c) && !failed.contains(pair(order, c)))
            .toList();
    List<Boolean> promising =
        trial.promising(order, candidates.stream().map(CandidatePool.Candidate::script).toList());
    for (int i = 0; i < candidates.size(); i++) {
      Optional<Sound> sound =
          promising.get(i) ? tryOn(order, source, candidates.get(i)) : Optional.empty();
      if (sound.isPresent()) {
        return sound;
      }
      failed.add(pair(order, candidates.get(i)));
    }
    return Optional.empty();
  }

  /** Notes a script that was just stored. */
  void learn(CachedScript script) {
    pool(new Shelf(script.key().language(), sources.get(0))).add(script);
  }

  private static Pair pair(GenerationOrder order, CandidatePool.Candidate candidate) {
    return new Pair(order.key().digest(), candidate.digest());
  }

  private CandidatePool pool(Shelf shelf) {
    return pools.computeIfAbsent(
        shelf, s -> new CandidatePool(script -> !packs.of(s.language()).mayRecord(script)));
  }

  private static boolean isUnfit(GenerationOrder order, CandidatePool.Candidate candidate) {
    return order.unfit() != null
        && order.unfit().script() != null
        && Sha256.of(order.unfit().script()).equals(candidate.digest());
  }

  private Optional<Sound> tryOn(
      GenerationOrder order, Source source, CandidatePool.Candidate candidate) {
    if (!trial.fits(order, candidate.script())) {
      return Optional.empty();
    }
    ScriptTemplates templates = packs.of(order.key().language()).templates();
    Draft draft =
        new Draft(
            templates.tests(order.key(), order.example(), clock.instant()),
            candidate.script(),
            "adopted from " + source.label() + candidate.origin(),
            templates.lessons());
    ValidationReport report = trial.judge(order, draft);
    return report.passed()
        ? Optional.of(new Sound(draft, report, Effort.none()))
        : Optional.empty();
  }
}
