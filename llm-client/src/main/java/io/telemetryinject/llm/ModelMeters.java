package io.telemetryinject.llm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** The meters of one model, {@code telemetry.inject.llm.*}. */
final class ModelMeters {
  private static final String PREFIX = "telemetry.inject.llm.";
  private static final Duration[] CALL_BUCKETS =
      LongStream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Tags tags;
  private final Timer waited;
  private final Timer called;
  private final Counter rateLimits;
  private final Counter overBudget;
  private final Counter requests;
  private final Counter input;
  private final Counter output;
  private final Counter cost;

  ModelMeters(MeterRegistry registry, ModelName name) {
    this.registry = registry;
    this.tags = Tags.of("provider", name.provider().word(), "model", name.model());
    this.waited =
        Timer.builder(PREFIX + "throttled")
            .description("How long calls waited for rate limits before they went out")
            .tags(tags)
            .register(registry);
    this.called =
        Timer.builder(PREFIX + "request.duration")
            .description("One request to the provider, from its way out to its end")
            .tags(tags)
            .serviceLevelObjectives(CALL_BUCKETS)
            .register(registry);
    this.rateLimits = counter("rate.limits", "Answers that asked for fewer calls", tags);
    this.overBudget = counter("budget.refusals", "Calls not made as no budget covered them", tags);
    this.requests = counter("requests", "Requests that reached for the provider", tags);
    this.input = tokens("input");
    this.output = tokens("output");
    this.cost =
        Counter.builder(PREFIX + "cost")
            .description("Charged by the provider, by its own account and the table of prices")
            .baseUnit("usd")
            .tags(tags)
            .register(registry);
    for (Purpose purpose : Purpose.values()) {
      for (Ending ending : Ending.values()) {
        calls(purpose, ending);
      }
    }
  }

  private Counter tokens(String direction) {
    return counter("tokens", "Tokens read and written", tags.and("direction", direction));
  }

  private Counter calls(Purpose purpose, Ending ending) {
    return counter(
        "calls",
        "Prompts, with all their tries, by how they ended",
        tags.and("purpose", purpose.word(), "ending", ending.word()));
  }

  private Counter counter(String name, String description, Tags labels) {
    return Counter.builder(PREFIX + name).description(description).tags(labels).register(registry);
  }

  /** One prompt with all its tries. */
  void asked(Purpose purpose, Reply reply) {
    Usage usage = reply.usage();
    calls(purpose, reply.ending()).increment();
    requests.increment(usage.calls());
    input.increment(usage.inputTokens());
    output.increment(usage.outputTokens());
    cost.increment(usage.microDollars() / 1e6);
  }

  void waited(long nanos) {
    if (nanos > 0) {
      waited.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** One request, answered or not. */
  void called(long nanos, Attempt attempt) {
    called.record(nanos, TimeUnit.NANOSECONDS);
    if (attempt instanceof Attempt.Throttled) {
      rateLimits.increment();
    }
  }

  void overBudget() {
    overBudget.increment();
  }

  /** 0 closed, 1 half open, 2 open. */
  <T> void watchBreaker(T breaker, ToDoubleFunction<T> state) {
    gauge("breaker.state", "0 asked, 1 tried again, 2 left alone", breaker, state);
  }

  <T> void watchConcurrentCalls(T calls, ToDoubleFunction<T> current) {
    gauge("concurrent.calls", "Calls under way", calls, current);
  }

  private <T> void gauge(String name, String description, T watched, ToDoubleFunction<T> value) {
    Gauge.builder(PREFIX + name, watched, value)
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
