package io.telemetryinject.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.telemetryinject.cache.QuarantineListener;
import io.telemetryinject.cache.ReadListener;
import io.telemetryinject.cache.s3.OutageListener;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a process sees of its script cache: reads, entries taken out of use, outages. */
public final class CacheMeters implements ReadListener, QuarantineListener, OutageListener {
  private final Map<Tier, Counter> reads = new EnumMap<>(Tier.class);
  private final Counter quarantines;
  private final Counter outages;
  private final Set<String> away = ConcurrentHashMap.newKeySet();

  public CacheMeters(MeterRegistry registry) {
    for (Tier tier : Tier.values()) {
      reads.put(
          tier,
          Counter.builder("telemetry.inject.cache.reads")
              .description("Scripts that were read, by where they were found")
              .tag("tier", tier.word())
              .register(registry));
    }
    quarantines =
        Counter.builder("telemetry.inject.cache.quarantines")
            .description("Scripts taken out of use, as something about them was not as signed")
            .register(registry);
    outages =
        Counter.builder("telemetry.inject.cache.outages")
            .description("Times that the script cache stopped to answer")
            .register(registry);
    Gauge.builder("telemetry.inject.cache.away", away, Set::size)
        .description("Parts of the script cache that do not answer now")
        .register(registry);
  }

  @Override
  public void read(Tier tier) {
    Counter counter = reads.get(tier);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void quarantined(String entry, String reason) {
    quarantines.increment();
  }

  @Override
  public void began(String location, String problem, Duration patience) {
    outages.increment();
    away.add(location);
  }

  @Override
  public void ended(String location, Duration lasted) {
    away.remove(location);
  }
}
