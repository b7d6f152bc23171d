package io.telemetryinject.generator;

import static io.telemetryinject.generator.Requests.ADD;
import static io.telemetryinject.generator.Requests.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.telemetryinject.cache.KeyClaims;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.model.Effort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two generators that have the same request in hand, as after a rebalance. */
class ClaimingGeneratorIT {
  private static final int GENERATORS = 2;

  @TempDir private Path directory;

  private final MemoryCache cache = new MemoryCache();
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch bothCalled = new CountDownLatch(GENERATORS);
  private final ExecutorService threads = Executors.newFixedThreadPool(GENERATORS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Pays, waits a moment for the other to pay as well, and stores. */
  private ScriptGenerator paying() {
    return new ScriptGenerator() {
      @Override
      public Generated generate(GenerationOrder order) throws InterruptedException {
        calls.incrementAndGet();
        bothCalled.countDown();
        bothCalled.await(200, TimeUnit.MILLISECONDS);
        return new Generated(
            new Generation.Stored(cache.put(order.key(), order.version(), "script")),
            Effort.none());
      }

      @Override
      public boolean learnsFromComplaints() {
        return true;
      }
    };
  }

  private ScriptGenerator claiming() {
    return new ClaimingGenerator(paying(), new KeyClaims(directory), cache);
  }

  private List<Generated> together(List<ScriptGenerator> generators) throws Exception {
    List<Future<Generated>> orders = new ArrayList<>();
    for (ScriptGenerator generator : generators) {
      orders.add(threads.submit(() -> generator.generate(order(ADD))));
    }
    List<Generated> results = new ArrayList<>();
    for (Future<Generated> result : orders) {
      results.add(result.get());
    }
    return results;
  }

  @Test
  void takesWhatTheOtherStoredMeanwhile() throws Exception {
    List<Generated> results = together(List.of(claiming(), claiming()));

    assertThat(calls).hasValue(1);
    assertThat(results).extracting(Generated::generation).containsOnly(results.get(0).generation());
  }

  @Test
  void control_withoutClaimsBothPay() throws Exception {
    together(List.of(paying(), paying()));

    assertThat(calls).hasValue(2);
  }

  @Test
  void goesOnWhenTheOtherStoredNothing() throws Exception {
    ScriptGenerator failing =
        new ScriptGenerator() {
          @Override
          public Generated generate(GenerationOrder order) {
            return new Generated(new Generation.Exhausted("no author"), Effort.none());
          }

          @Override
          public boolean learnsFromComplaints() {
            return true;
          }
        };

    together(List.of(new ClaimingGenerator(failing, new KeyClaims(directory), cache)));
    together(List.of(claiming()));

    assertThat(calls).hasValue(1);
  }
}
