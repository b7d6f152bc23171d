package io.telemetryinject.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * How many records groups have yet to read, as the broker knows it: true also while no worker of a
 * group runs. Nothing is asked unless somebody reads the gauges; they show what was asked for then.
 */
final class ConsumerLag implements DisposableBean {
  private static final Logger LOGGER = LoggerFactory.getLogger(ConsumerLag.class);
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Map<String, Object> config;
  private final Set<Consumption> watched;
  private final Map<Consumption, Long> lags = new ConcurrentHashMap<>();
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile long asked = System.nanoTime() - FRESH_NANOS;
  private @Nullable Admin admin;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread created = new Thread(work, "consumer-lag");
            created.setDaemon(true);
            return created;
          });

  /**
   * @param watched twice the same is watched once
   */
  ConsumerLag(
      Map<String, Object> adminConfig, Collection<Consumption> watched, MeterRegistry registry) {
    this.config = new HashMap<>(adminConfig);
    this.config.put("default.api.timeout.ms", TIMEOUT_MILLIS);
    this.config.put("request.timeout.ms", TIMEOUT_MILLIS);
    this.watched = Set.copyOf(watched);
    for (Consumption consumption : this.watched) {
      Gauge.builder("telemetry.inject.consumer.lag", () -> lag(consumption))
          .description("Records of a topic that a consumer group has yet to read")
          .baseUnit("records")
          .tags("topic", consumption.topic(), "group", consumption.role())
          .register(registry);
    }
  }

  /** NaN until the broker has answered. */
  private double lag(Consumption consumption) {
    boolean stale = System.nanoTime() - asked > FRESH_NANOS && !thread.isShutdown();
    if (stale && asking.compareAndSet(false, true)) {
      thread.execute(this::ask);
    }
    Long lag = lags.get(consumption);
    return lag == null ? Double.NaN : lag;
  }

  private void ask() {
    try {
      lags.putAll(new LagQuery(connection()).lags(watched));
    } catch (ExecutionException | KafkaException e) {
      lags.clear();
      LOGGER.atDebug().addKeyValue("problem", e.getMessage()).log("consumer lag not known");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      asked = System.nanoTime();
      asking.set(false);
    }
  }

  private synchronized Admin connection() {
    Admin known = admin;
    if (known == null) {
      known = Admin.create(config);
      admin = known;
    }
    return known;
  }

  @Override
  public synchronized void destroy() {
    thread.shutdownNow();
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
