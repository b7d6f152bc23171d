package io.telemetryinject.generator;

import static java.util.Objects.requireNonNull;

import io.telemetryinject.cache.CacheException;
import io.telemetryinject.cache.CachedScript;
import io.telemetryinject.cache.ScriptCache;
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
import io.telemetryinject.model.RunId;
import io.telemetryinject.model.RunPolicy.Method;
import io.telemetryinject.model.ScriptKey;
import io.telemetryinject.model.ScriptRequest;
import io.telemetryinject.model.ScriptRequest.Rejection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for scripts: one generation per key however many functions wait, and none for a
 * script that another worker has stored meanwhile.
 */
public final class ScriptRequests {
  /** How long no author is asked when the cache could not take what one wrote. */
  private static final Duration REST = Duration.ofSeconds(30);

  private final ScriptCache cache;
  private final ScriptGenerator generator;
  private final DirectAuthor direct;
  private final Executor threads;
  private volatile @Nullable StoreFailure storeFailure;
  private final Map<ScriptKey, CompletableFuture<RequestResult>> lastOfKey =
      new ConcurrentHashMap<>();
  private final Map<Attempt, Generation> attempts =
      Collections.synchronizedMap(new RecentAttempts());

  /**
   * One try at a key; what came of it holds for the rest of the run.
   *
   * @param afterVersion the version that would not do, or -1 when the run passes over the cache
   */
  private record Attempt(RunId run, String execution, ScriptKey key, int afterVersion) {}

  private static final class RecentAttempts extends LinkedHashMap<Attempt, Generation> {
    private static final long serialVersionUID = 1L;
    private static final int MAX = 10_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Attempt, Generation> eldest) {
      return size() > MAX;
    }
  }

  private record StoreFailure(CacheException cause, long nanos) {}

  /**
   * @param direct for runs that want no scripts
   * @param threads where generation runs; as many scripts are generated at once as it has threads
   */
  public ScriptRequests(
      ScriptCache cache, ScriptGenerator generator, DirectAuthor direct, Executor threads) {
    this.cache = requireNonNull(cache, "cache is null");
    this.generator = requireNonNull(generator, "generator is null");
    this.direct = requireNonNull(direct, "direct is null");
    this.threads = requireNonNull(threads, "threads is null");
  }

  /**
   * Finds or generates the script and says where the waiting functions go. Requests for one key are
   * answered one after the other, without holding a thread while they wait.
   *
   * @return Failed(CACHE) when the cache cannot be read or written; completes exceptionally with
   *     whatever else stood in the way; asking again is safe
   */
  public CompletableFuture<RequestResult> submit(ScriptRequest request) {
    CompletableFuture<RequestResult> result = new CompletableFuture<>();
    if (request.policy().method() == Method.DIRECT) {
      start(request, result);
      return result;
    }
    lastOfKey.compute(
        request.key(),
        (key, before) -> {
          CompletableFuture<?> ready =
              before == null ? CompletableFuture.completedFuture(null) : before;
          ready.whenComplete((ignored, problem) -> start(request, result));
          return result;
        });
    result.whenComplete((done, problem) -> lastOfKey.remove(request.key(), result));
    return result;
  }

  /** Threads that take no more work must not leave anyone waiting. */
  private void start(ScriptRequest request, CompletableFuture<RequestResult> result) {
    try {
      threads.execute(() -> complete(request, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(new InterruptedIOException("generation was shut down"));
    }
  }

  /** Whatever is thrown, an Error too: who waits for the key would otherwise wait for ever. */
  private void complete(ScriptRequest request, CompletableFuture<RequestResult> result) {
    try {
      boolean withScripts = request.policy().method() == Method.SCRIPTS;
      result.complete(withScripts ? answer(request) : instrument(request));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      result.completeExceptionally(new InterruptedIOException("generation was interrupted"));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private RequestResult instrument(ScriptRequest request) throws InterruptedException {
    List<FunctionOutcome> outcomes = new ArrayList<>();
    Effort effort = Effort.none();
    for (FunctionMetadata function : request.waiting()) {
      DirectAuthor.Direct done = direct.instrument(function, request.run(), request.policy());
      outcomes.add(new FunctionOutcome(function.task().start(), done.outcome(), false));
      effort = effort.plus(done.effort());
    }
    return new RequestResult.Decided(
        new OutcomeBatch(request.run(), request.file(), outcomes, effort));
  }

  private RequestResult answer(ScriptRequest request) throws IOException, InterruptedException {
    Generated answer;
    try {
      answer = find(request);
    } catch (CacheException e) {
      return refuse(request, ErrorCode.CACHE, e.detail(), request.missed());
    }
    Effort effort = answer.effort().plus(request.missed());
    return answer
        .generation()
        .fold(
            stored -> forward(request, stored.script().version(), effort),
            exhausted -> refuse(request, ErrorCode.GENERATION, exhausted.detail(), effort),
            unstored -> refuse(request, ErrorCode.CACHE, unstored.cause().detail(), effort));
  }

  private Generated find(ScriptRequest request) throws IOException, InterruptedException {
    OptionalInt latest = cache.latestVersion(request.key());
    int unfit = request.rejection() == null ? 0 : request.rejection().version();
    boolean passOver = request.rejection() == null && request.policy().forceRegenerate();
    Attempt attempt =
        new Attempt(
            request.run(), request.policy().execution(), request.key(), passOver ? -1 : unfit);
    Generation earlier = attempts.get(attempt);
    if (earlier != null) {
      return new Generated(earlier, Effort.none());
    }
    boolean another = request.rejection() == null || generator.learnsFromComplaints();
    int wanted = another ? unfit + 1 : unfit;
    if (!passOver && latest.isPresent() && latest.getAsInt() >= wanted) {
      Optional<CachedScript> script = cache.read(request.key(), latest.getAsInt());
      if (script.isPresent()) {
        return new Generated(new Generation.Stored(script.get()), Effort.none());
      }
    }
    Generated generated = generate(request, latest.orElse(0) + 1);
    if (generated.generation() instanceof Generation.Unstored unstored) {
      storeFailure = new StoreFailure(unstored.cause(), System.nanoTime());
    } else {
      attempts.put(attempt, generated.generation());
    }
    return generated;
  }

  /** What cannot be stored is not paid for again and again, key after key. */
  private Generated generate(ScriptRequest request, int version)
      throws IOException, InterruptedException {
    StoreFailure failure = storeFailure;
    if (failure != null && System.nanoTime() - failure.nanos() < REST.toNanos()) {
      throw failure.cause();
    }
    try {
      return generator.generate(order(request, version));
    } catch (CacheException e) {
      storeFailure = new StoreFailure(e, System.nanoTime());
      throw e;
    }
  }

  private GenerationOrder order(ScriptRequest request, int version) throws IOException {
    return new GenerationOrder(
        request.run(),
        request.key(),
        version,
        request.policy(),
        request.waiting(),
        request.rejection() == null ? null : unfit(request.key(), request.rejection()));
  }

  private Unfit unfit(ScriptKey key, Rejection rejection) throws IOException {
    String script = cache.read(key, rejection.version()).map(CachedScript::script).orElse(null);
    return new Unfit(script, rejection.detail());
  }

  private static RequestResult forward(ScriptRequest request, int version, Effort effort) {
    int attempt = request.rejection() == null ? 0 : 1;
    List<FunctionExecution> executions =
        request.waiting().stream()
            .map(f -> new FunctionExecution(f, request.key(), version, attempt, false))
            .toList();
    return new RequestResult.Forwarded(
        new ExecutionBatch(request.run(), request.file(), request.policy(), executions, effort));
  }

  private static RequestResult refuse(
      ScriptRequest request, ErrorCode code, String detail, Effort effort) {
    List<FunctionOutcome> outcomes =
        request.waiting().stream()
            .map(
                f -> new FunctionOutcome(f.task().start(), new Outcome.Failed(code, detail), false))
            .toList();
    return new RequestResult.Decided(
        new OutcomeBatch(request.run(), request.file(), outcomes, effort));
  }
}
