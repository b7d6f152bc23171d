package io.telemetryinject.llm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of one model, {@code telemetry.inject.llm.*}. */
final class ModelMeters {
  private static final String PREFIX = "telemetry.inject.llm.";

  private final MeterRegistry registry;
  private final Tags tags;
  private final Timer waited;
  private final Counter overBudget;

  ModelMeters(MeterRegistry registry, ModelName name) {
    this.registry = registry;
    this.tags = Tags.of("provider", name.provider().word(), "model", name.model());
    this.waited =
        Timer.builder(PREFIX + "throttled")
            .description("How long calls waited for rate limits")
            .tags(tags)
            .register(registry);
    this.overBudget = registry.counter(PREFIX + "budget.refusals", tags);
  }

  /** One prompt with all its tries. */
  void asked(Purpose purpose, Reply reply) {
    Usage usage = reply.usage();
    registry
        .counter(
            PREFIX + "calls", tags.and("purpose", purpose.word(), "ending", reply.ending().word()))
        .increment();
    registry.counter(PREFIX + "requests", tags).increment(usage.calls());
    registry.counter(PREFIX + "tokens", tags.and("direction", "in")).increment(usage.inputTokens());
    registry
        .counter(PREFIX + "tokens", tags.and("direction", "out"))
        .increment(usage.outputTokens());
    registry.counter(PREFIX + "cost.microdollars", tags).increment(usage.microDollars());
  }

  void waited(long nanos) {
    if (nanos > 0) {
      waited.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  void overBudget() {
    overBudget.increment();
  }

  /** 0 closed, 1 half open, 2 open. */
  <T> void watchBreaker(T breaker, ToDoubleFunction<T> state) {
    gauge("breaker.state", breaker, state);
  }

  <T> void watchConcurrentCalls(T calls, ToDoubleFunction<T> current) {
    gauge("concurrent.calls", calls, current);
  }

  private <T> void gauge(String name, T watched, ToDoubleFunction<T> value) {
    Gauge.builder(PREFIX + name, watched, value).tags(tags).register(registry);
  }
}
