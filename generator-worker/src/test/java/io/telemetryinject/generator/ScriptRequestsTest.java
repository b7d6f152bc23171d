package io.telemetryinject.generator;

import static io.telemetryinject.generator.Requests.ADD;
import static io.telemetryinject.generator.Requests.GREET;
import static io.telemetryinject.generator.Requests.KEY;
import static io.telemetryinject.generator.Requests.POLICY;
import static io.telemetryinject.generator.Requests.REGENERATE;
import static io.telemetryinject.generator.Requests.SUB;
import static io.telemetryinject.generator.Requests.request;
import static io.telemetryinject.generator.Requests.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.telemetryinject.cache.CacheError;
import io.telemetryinject.cache.CacheException;
import io.telemetryinject.generator.author.DirectAuthor;
import io.telemetryinject.generator.author.GenerationOrder;
import io.telemetryinject.generator.author.GenerationOrder.Unfit;
import io.telemetryinject.model.Effort;
import io.telemetryinject.model.ErrorCode;
import io.telemetryinject.model.ExecutionBatch;
import io.telemetryinject.model.FunctionExecution;
import io.telemetryinject.model.FunctionMetadata;
import io.telemetryinject.model.FunctionOutcome;
import io.telemetryinject.model.Outcome;
import io.telemetryinject.model.OutcomeBatch;
import io.telemetryinject.model.RunPolicy;
import io.telemetryinject.model.RunPolicy.Method;
import io.telemetryinject.model.ScriptRequest.Rejection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptRequestsTest {
  private static final Rejection REJECTION = new Rejection(1, "COVERAGE: a return is not covered");

  private static final Effort PAID = Effort.generation(1, 300);

  private static final DirectAuthor DIRECT = new DirectAuthor(List.of(), Requests.PACKS);

  private final MemoryCache cache = new MemoryCache();
  private final Author author = new Author();

  /** Stores a script per order, or does what a test tells it to. */
  private final class Author implements ScriptGenerator {
    final List<GenerationOrder> orders = new ArrayList<>();
    final Queue<IOException> failures = new ArrayDeque<>();
    @Nullable Error error;
    @Nullable CacheException unstored;
    boolean exhausted;
    boolean learns;

    @Override
    public Generated generate(GenerationOrder order) throws IOException {
      orders.add(order);
      Error broken = error;
      if (broken != null) {
        error = null;
        throw broken;
      }
      IOException failure = failures.poll();
      if (failure != null) {
        throw failure;
      }
      if (unstored != null) {
        return new Generated(new Generation.Unstored(unstored), PAID);
      }
      int version = order.version();
      return exhausted
          ? new Generated(
              new Generation.Exhausted("script by nobody failed lint: score 0"), Effort.none())
          : new Generated(
              new Generation.Stored(cache.put(order.key(), version, "script " + version)),
              Effort.generation(1, 0));
    }

    @Override
    public boolean learnsFromComplaints() {
      return learns;
    }
  }

  private ScriptRequests requests() {
    return new ScriptRequests(cache, author, DIRECT, Runnable::run);
  }

  @Test
  void generatesOnceForAllThatWaitForTheSameKey() throws Exception {
    // Given a generator that is held up until all requests are in
    int waiting = 50;
    CountDownLatch allSubmitted = new CountDownLatch(1);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger mostAtOnce = new AtomicInteger();
    ScriptGenerator slow =
        new ScriptGenerator() {
          @Override
          public Generated generate(GenerationOrder order) throws IOException {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            await(allSubmitted);
            atOnce.decrementAndGet();
            return author.generate(order);
          }

          @Override
          public boolean learnsFromComplaints() {
            return false;
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      ScriptRequests requests = new ScriptRequests(cache, slow, DIRECT, threads);

      // When
      List<CompletableFuture<RequestResult>> results = new ArrayList<>();
      for (int i = 0; i < waiting; i++) {
        results.add(requests.submit(request(run("run " + i % 3), POLICY, null, ADD, SUB)));
      }
      allSubmitted.countDown();

      // Then
      for (CompletableFuture<RequestResult> result : results) {
        assertThat(forwarded(result).executions()).hasSize(2);
      }
      assertThat(author.orders).hasSize(1);
      assertThat(mostAtOnce).hasValue(1);
      assertThat(results)
          .extracting(result -> forwarded(result).effort().scriptsGenerated())
          .containsOnlyOnce(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void servesOtherKeysWhileOneIsSlow() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ScriptGenerator slowForAdd =
        new ScriptGenerator() {
          @Override
          public Generated generate(GenerationOrder order) throws IOException {
            if (order.key().equals(KEY)) {
              await(release);
            }
            return author.generate(order);
          }

          @Override
          public boolean learnsFromComplaints() {
            return false;
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      ScriptRequests requests = new ScriptRequests(cache, slowForAdd, DIRECT, threads);
      List<CompletableFuture<RequestResult>> held = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        held.add(requests.submit(request(ADD)));
      }

      CompletableFuture<RequestResult> other = requests.submit(request(GREET));

      assertThat(forwarded(other).executions()).hasSize(1);
      assertThat(held).noneMatch(CompletableFuture::isDone);
      release.countDown();
      held.forEach(ScriptRequestsTest::forwarded);
    } finally {
      release.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void refusesAllThatWaitForAScriptThatNobodyCanWrite() {
    author.exhausted = true;
    ScriptRequests requests = requests();

    for (int i = 0; i < 3; i++) {
      List<FunctionOutcome> outcomes = refused(requests.submit(request(ADD, SUB)));

      assertThat(outcomes).extracting(FunctionOutcome::start).containsExactly(0, 40);
      assertThat(outcomes)
          .extracting(FunctionOutcome::outcome)
          .containsOnly(
              new Outcome.Failed(ErrorCode.GENERATION, "script by nobody failed lint: score 0"));
    }
    assertThat(author.orders).hasSize(1);
  }

  @Test
  void triesAgainInTheNextRunWhatNobodyCouldWriteInThisOne() {
    author.exhausted = true;
    ScriptRequests requests = requests();
    refused(requests.submit(request(run("tonight"), POLICY, null, ADD)));
    author.exhausted = false;

    assertThat(forwarded(requests.submit(request(run("tomorrow"), POLICY, null, ADD))).executions())
        .hasSize(1);
  }

  @Test
  void failsAloneWhenTheCacheCannotBeWrittenAndServesTheNext() {
    author.failures.add(new IOException("disk full"));
    ScriptRequests requests = requests();

    CompletableFuture<RequestResult> first = requests.submit(request(ADD));

    assertThatThrownBy(first::join).hasCauseInstanceOf(IOException.class);
    assertThat(forwarded(requests.submit(request(ADD))).executions()).hasSize(1);
  }

  @Test
  void asksNoAuthorForMoreThatTheCacheCannotTakeAndTellsWhatTheFirstCost() {
    author.unstored = new CacheException(CacheError.NO_SPACE, "cannot write x: no space", null);
    ScriptRequests requests = requests();

    Effort effort = Effort.none();
    for (FunctionMetadata function : List.of(ADD, GREET, ADD)) {
      OutcomeBatch decided = decided(requests.submit(request(function)));
      assertThat(decided.outcomes())
          .extracting(FunctionOutcome::outcome)
          .containsOnly(new Outcome.Failed(ErrorCode.CACHE, "cannot write x: no space"));
      effort = effort.plus(decided.effort());
    }
    assertThat(author.orders).as("what was paid for in vain").hasSize(1);
    assertThat(effort).isEqualTo(PAID);
  }

  @Test
  void failsAloneWhenAGeneratorBreaksWithAnErrorAndServesTheNext() {
    author.error = new StackOverflowError();
    ScriptRequests requests = requests();

    CompletableFuture<RequestResult> first = requests.submit(request(ADD));

    assertThatThrownBy(first::join).hasCauseInstanceOf(StackOverflowError.class);
    assertThat(forwarded(requests.submit(request(ADD))).executions()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void leavesNobodyWaitingWhenItsThreadsAreShutDown(Method method) {
    ExecutorService threads = Executors.newFixedThreadPool(1);
    threads.shutdownNow();
    ScriptRequests requests = new ScriptRequests(cache, author, DIRECT, threads);
    RunPolicy policy =
        new RunPolicy(
            POLICY.exceptions(), POLICY.keyKind(), false, method, "", POLICY.maxMicroDollars());

    for (int i = 0; i < 2; i++) {
      assertThat(requests.submit(request(run("a run"), policy, null, ADD)))
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void adoptsAScriptThatAnotherWriterHasStoredMeanwhile() {
    cache.put(KEY, 1, "another writer's");

    ExecutionBatch batch = forwarded(requests().submit(request(ADD)));

    assertThat(batch.executions()).extracting(FunctionExecution::version).containsExactly(1);
    assertThat(batch.effort().scriptsGenerated()).isZero();
    assertThat(author.orders).isEmpty();
  }

  @Test
  void sendsAFunctionBackToTheSameScriptOnceWhenItsAuthorDoesNotLearn() {
    cache.put(KEY, 1, "the template's");

    ExecutionBatch batch =
        forwarded(requests().submit(request(run("a run"), POLICY, REJECTION, ADD)));

    // attempt 1 ends it: an executor sends nothing back twice
    assertThat(batch.executions())
        .extracting(FunctionExecution::version, FunctionExecution::attempt)
        .containsExactly(tuple(1, 1));
    assertThat(author.orders).isEmpty();
  }

  @Test
  void ordersTheNextVersionOnceFromAnAuthorThatLearns() {
    author.learns = true;
    cache.put(KEY, 1, "a model's first");
    ScriptRequests requests = requests();

    ExecutionBatch first =
        forwarded(requests.submit(request(run("a run"), POLICY, REJECTION, ADD)));
    ExecutionBatch second =
        forwarded(requests.submit(request(run("a run"), POLICY, REJECTION, SUB)));

    assertThat(List.of(first.executions().get(0), second.executions().get(0)))
        .extracting(FunctionExecution::version, FunctionExecution::attempt)
        .containsOnly(tuple(2, 1));
    assertThat(author.orders)
        .extracting(GenerationOrder::unfit)
        .containsExactly(new Unfit("a model's first", REJECTION.detail()));
  }

  @Test
  void adoptsTheVersionThatAnotherWriterLearned() {
    author.learns = true;
    cache.put(KEY, 1, "a model's first");
    cache.put(KEY, 2, "another writer's second");

    ExecutionBatch batch =
        forwarded(requests().submit(request(run("a run"), POLICY, REJECTION, ADD)));

    assertThat(batch.executions()).extracting(FunctionExecution::version).containsExactly(2);
    assertThat(author.orders).isEmpty();
  }

  @Test
  void writesAScriptAnewOncePerRunWhenToldToRegenerate() {
    cache.put(KEY, 1, "an old one");
    ScriptRequests requests = requests();

    List<Integer> versions = new ArrayList<>();
    for (String name : List.of("first run", "first run", "second run", "second run")) {
      versions.add(
          forwarded(requests.submit(request(run(name), REGENERATE, null, ADD)))
              .executions()
              .get(0)
              .version());
    }

    assertThat(versions).containsExactly(2, 2, 3, 3);
    assertThat(author.orders).hasSize(2);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("the test never went on");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static ExecutionBatch forwarded(CompletableFuture<RequestResult> result) {
    return result
        .orTimeout(30, TimeUnit.SECONDS)
        .join()
        .fold(
            RequestResult.Forwarded::executions,
            refused -> {
              throw new AssertionError("refused: " + refused);
            });
  }

  private static List<FunctionOutcome> refused(CompletableFuture<RequestResult> result) {
    return decided(result).outcomes();
  }

  private static OutcomeBatch decided(CompletableFuture<RequestResult> result) {
    return result
        .join()
        .fold(
            forwarded -> {
              throw new AssertionError("forwarded: " + forwarded);
            },
            RequestResult.Decided::outcomes);
  }
}
