package io.telemetryinject.generator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.cache.ScriptCache;
import io.telemetryinject.cache.ScriptClaims;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.model.Effort;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One generation of a key at a time over all generators. Partitions that move while their requests
 * are being worked on are worked on by two; the one that comes second takes what the first stored.
 */
final class ClaimingGenerator implements ScriptGenerator {
  private final ScriptGenerator inner;
  private final ScriptClaims claims;
  private final ScriptCache cache;

  ClaimingGenerator(ScriptGenerator inner, ScriptClaims claims, ScriptCache cache) {
    this.inner = requireNonNull(inner, "inner is null");
    this.claims = requireNonNull(claims, "claims is null");
    this.cache = requireNonNull(cache, "cache is null");
  }

  @Override
  public boolean learnsFromComplaints() {
    return inner.learnsFromComplaints();
  }

  @Override
  public Generated generate(GenerationOrder order) throws IOException, InterruptedException {
    try (ScriptClaims.Claim claim = claims.take(order.key())) {
      Optional<CachedScript> meanwhile = meanwhile(order);
      return meanwhile.isPresent()
          ? new Generated(new Generation.Stored(meanwhile.get()), Effort.none())
          : inner.generate(order);
    }
  }

  private Optional<CachedScript> meanwhile(GenerationOrder order) throws IOException {
    OptionalInt latest = cache.latestVersion(order.key());
    return latest.isPresent() && latest.getAsInt() >= order.version()
        ? cache.read(order.key(), latest.getAsInt())
        : Optional.empty();
  }
}
