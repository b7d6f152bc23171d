package io.telemetryinject.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telemetryinject.cache.ReadListener.Tier;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheMetersTest {
  private static final String BUCKET = "s3://bucket/cache";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CacheMeters meters = new CacheMeters(registry);

  @Test
  void aCacheIsAwayFromTheBeginningOfAnOutageToItsEnd() {
    meters.began(BUCKET, "connection refused", Duration.ofMinutes(2));

    assertThat(away()).isEqualTo(1);
    meters.ended(BUCKET, Duration.ofSeconds(9));
    assertThat(away()).isZero();
    assertThat(registry.get("telemetry.inject.cache.outages").counter().count()).isEqualTo(1);
  }

  @Test
  void partsOfACacheAreAwayOneByOne() {
    meters.began(BUCKET, "connection refused", Duration.ofMinutes(2));
    meters.began(BUCKET + "/untrusted/pr-12", "connection refused", Duration.ofMinutes(2));

    meters.ended(BUCKET, Duration.ofSeconds(9));

    assertThat(away()).isEqualTo(1);
  }

  private double away() {
    return registry.get("telemetry.inject.cache.away").gauge().value();
  }

  @Test
  void countsReadsByTheTierThatHadTheScript() {
    meters.read(Tier.PROCESS);
    meters.read(Tier.PROCESS);
    meters.read(Tier.STORE);

    assertThat(reads("process")).isEqualTo(2);
    assertThat(reads("store")).isEqualTo(1);
    assertThat(reads("local")).isZero();
  }

  private double reads(String tier) {
    return registry.get("telemetry.inject.cache.reads").tag("tier", tier).counter().count();
  }
}
