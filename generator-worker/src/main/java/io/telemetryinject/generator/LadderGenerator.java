package io.telemetryinject.generator;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.cache.NegativeEntries;
import io.telemetryinject.cache.NewScript;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.generator.author.Draft;
import io.telemetryinject.generator.author.DraftTrial;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.generator.author.Manuscript;
import io.telemetryinject.generator.author.Manuscript.Abandoned;
import io.telemetryinject.generator.author.Manuscript.Sound;
import io.telemetryinject.generator.author.ScriptAuthor;
import io.telemetryinject.language.LanguagePacks;
import io.telemetryinject.model.Authoring;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ScriptKeys;
import io.telemetryinject.model.Sha256;
import io.telemetryinject.sandbox.ValidationReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tries what the cache holds for other keys, then one author after the other, and stores the first
 * script that passes with its receipt. A key that all authors failed on is left alone for a while.
 */
public final class LadderGenerator implements ScriptGenerator {
  private static final int EARLIER_VERSIONS = 16;

  private final List<ScriptAuthor> authors;
  private final LanguagePacks packs;
  private final DraftTrial trial;
  private final @Nullable Adoption adoption;
  private final NegativeEntries negatives;
  private final Duration negativesHold;
  private final ScriptCache cache;
  private final Clock clock;
  private final ScriptMeters scripts;
  private final Silences silences = new Silences();
  private final JsonMapper mapper = new JsonMapper();

  /**
   * @param authors in the order they are asked, at least one
   * @param adoption null where scripts of other keys are not to be tried
   * @param negativesHold how long a key that all authors failed on is left alone
   */
  public LadderGenerator(
      List<ScriptAuthor> authors,
      LanguagePacks packs,
      DraftTrial trial,
      @Nullable Adoption adoption,
      NegativeEntries negatives,
      Duration negativesHold,
      ScriptCache cache,
      Clock clock,
      MeterRegistry meters) {
    this.authors = List.copyOf(authors);
    this.packs = requireNonNull(packs, "packs is null");
    this.trial = requireNonNull(trial, "trial is null");
    this.adoption = adoption;
    this.negatives = requireNonNull(negatives, "negatives is null");
    this.negativesHold = requireNonNull(negativesHold, "negativesHold is null");
    this.cache = requireNonNull(cache, "cache is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.scripts = new ScriptMeters(meters);
  }

  @Override
  public boolean learnsFromComplaints() {
    return authors.stream().anyMatch(ScriptAuthor::isModel);
  }

  @Override
  public Generated generate(GenerationOrder order) throws IOException, InterruptedException {
    long started = System.nanoTime();
    if (!trial.hasSamples(order)) {
      // Whoever sent this cannot have a script stored that nothing was tried on.
      String detail = "no function of the request has the key it was made for";
      return new Generated(new Generation.Exhausted(detail), Effort.none());
    }
    Optional<CachedScript> earlier = earlierVersion(order);
    if (earlier.isPresent()) {
      return new Generated(new Generation.Stored(earlier.get()), Effort.none());
    }
    Optional<Sound> adopted = adopt(order);
    if (adopted.isPresent()) {
      Authoring once = new Authoring(1, 0, 0);
      Generated generated = store(order, adopted.get(), adopted.get().effort(), started, once);
      scripts.adopted();
      return generated;
    }
    return askAuthors(order, started);
  }

  /** Another version of the key that does right by what the latest one fails on. */
  private Optional<CachedScript> earlierVersion(GenerationOrder order) throws IOException {
    if (order.unfit() == null) {
      return Optional.empty();
    }
    int oldest = Math.max(1, order.version() - EARLIER_VERSIONS);
    for (int version = order.version() - 1; version >= oldest; version--) {
      Optional<CachedScript> script = cache.read(order.key(), version);
      if (script.isPresent()
          && !script.get().script().equals(order.unfit().script())
          && trial.fits(order, script.get().script())) {
        return script;
      }
    }
    return Optional.empty();
  }

  private Optional<Sound> adopt(GenerationOrder order) throws IOException {
    return adoption == null || order.hasIntent() || order.policy().forceRegenerate()
        ? Optional.empty()
        : adoption.find(order);
  }

  private Generated askAuthors(GenerationOrder order, long started)
      throws IOException, InterruptedException {
    String attempt = attempt(order);
    Optional<String> earlier = negatives.detail(order.key(), attempt);
    Effort effort = Effort.none();
    List<String> details = new ArrayList<>();
    boolean conclusive = learnsFromComplaints();
    for (ScriptAuthor author : authors) {
      if (earlier.isPresent() && author.isModel()) {
        cache.recordNegativeHit();
        details.add(author.name() + " failed on it before and is not asked again yet");
        conclusive = false;
        continue;
      }
      Manuscript manuscript = author.write(order);
      effort = effort.plus(manuscript.effort());
      if (manuscript instanceof Sound sound) {
        Effort total = effort.plus(Effort.generation(1, 0));
        Generated generated = store(order, sound, total, started, Authoring.none());
        scripts.written(author.isModel(), effort.microDollars());
        return generated;
      }
      if (manuscript instanceof Abandoned abandoned) {
        details.add(abandoned.detail());
        conclusive &= abandoned.conclusive();
        if (author.isModel() && !abandoned.conclusive()) {
          silences.tell(order.run(), author.name(), abandoned);
        }
      }
    }
    String detail = details.stream().collect(joining("; "));
    if (conclusive) {
      negatives.put(order.key(), attempt, detail, negativesHold);
    }
    return new Generated(
        new Generation.Exhausted(detail), effort.plus(Effort.generation(0, millisSince(started))));
  }

  /** Who tried what: to heal one script is another task than to heal the next, or to write one. */
  private String attempt(GenerationOrder order) {
    String names = authors.stream().map(ScriptAuthor::name).collect(joining(" > "));
    return order.unfit() == null
        ? names
        : names + " on " + Sha256.of(String.valueOf(order.unfit().script()));
  }

  private Generated store(
      GenerationOrder order, Sound sound, Effort effort, long started, Authoring authoring)
      throws IOException {
    long millis = millisSince(started);
    NewScript.Cost cost = new NewScript.Cost(millis, effort.modelCalls(), effort.microDollars());
    Effort whole = effort.plus(Effort.authoring(millis, authoring));
    CachedScript stored;
    try {
      stored = cache.create(entry(order, sound, cost), order.version());
    } catch (CacheException e) {
      return new Generated(new Generation.Unstored(e), whole);
    }
    if (adoption != null) {
      adoption.learn(stored);
    }
    return new Generated(new Generation.Stored(stored), whole);
  }

  private static long millisSince(long started) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
  }

  private NewScript entry(GenerationOrder order, Sound sound, NewScript.Cost cost) {
    Draft draft = sound.draft();
    ValidationReport report = sound.report();
    return new NewScript(
        order.key(),
        ScriptKeys.partsOf(
            order.example(),
            order.policy(),
            packs.of(order.key().language()).templates().lessonsVersion()),
        order.key().slug(),
        draft.script(),
        draft.tests(),
        mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report),
        draft.author(),
        draft.lessons(),
        clock.instant(),
        report.testsPassed(),
        report.testsFailed(),
        report.durationMillis(),
        cost);
  }
}
