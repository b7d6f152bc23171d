package io.telemetryinject.sandbox;

import io.telemetryinject.model.ErrorCode;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gets an answer for every piece of a job, in few round trips: as a batch while all goes well; a
 * piece at which a batch ended is tried once more by itself, the rest goes on as a batch.
 */
final class BatchRunner<R> {
  private static final int BATCH_PIECES = 256;
  private static final int BATCH_BYTES = 4 << 20;

  /** Pieces by themselves, all late, none answered: then an origin is not tried any more. */
  private static final int LATE_AT_MOST = 3;

  private static final int LOST_AT_MOST = 2;

  private final WorkerPool pool;
  private final Duration deadline;
  private final BatchJob<R> job;
  private final SandboxListener listener;
  private final @Nullable Object[] answers;
  private final Map<Object, Integer> late = new HashMap<>();
  private final Set<Object> answering = new HashSet<>();

  /** The next piece without an answer; all before it have one. */
  private int next;

  /** Pieces before this one are tried by themselves. */
  private int aloneUntil;

  private int lost;
  private int lostAt = -1;

  BatchRunner(WorkerPool pool, Duration deadline, BatchJob<R> job, SandboxListener listener) {
    this.pool = pool;
    this.deadline = deadline;
    this.job = job;
    this.listener = listener;
    this.answers = new Object[job.size()];
  }

  /** Answers for all pieces, in their order. */
  List<R> run(boolean eachAlone) {
    aloneUntil = eachAlone ? job.size() : 0;
    while (next < job.size()) {
      try {
        runWithOneWorker();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        while (next < job.size()) {
          fail(ErrorCode.SANDBOX, "not run: the thread was interrupted");
        }
      }
    }
    List<R> result = new ArrayList<>(answers.length);
    for (Object answer : answers) {
      @SuppressWarnings("unchecked") // only answer() and fail() write to it
      R typed = (R) answer;
      result.add(typed);
    }
    return result;
  }

  private void runWithOneWorker() throws InterruptedException {
    Worker worker = pool.lend();
    boolean healthy = false;
    try {
      while (next < job.size()) {
        if (Thread.currentThread().isInterrupted()) {
          healthy = true;
          throw new InterruptedException();
        }
        List<Integer> batch = nextBatch();
        if (!batch.isEmpty()) {
          ask(worker, batch);
        }
      }
      healthy = true;
    } catch (IOException e) {
      workerLost();
    } finally {
      if (healthy) {
        pool.giveBack(worker);
      } else {
        pool.discard(worker);
      }
    }
  }

  private List<Integer> nextBatch() {
    List<Integer> batch = new ArrayList<>();
    int bytes = 0;
    int piece = next;
    while (piece < job.size() && batch.size() < BATCH_PIECES) {
      if (isHopeless(piece)) {
        if (!batch.isEmpty()) {
          break;
        }
        fail(ErrorCode.DEADLINE, "not tried: its script ran past every deadline before");
      } else {
        bytes += job.bytes(piece);
        if (!batch.isEmpty() && bytes > BATCH_BYTES) {
          break;
        }
        batch.add(piece);
        if (piece < aloneUntil) {
          break;
        }
      }
      piece++;
    }
    return batch;
  }

  private void ask(Worker worker, List<Integer> batch) throws IOException {
    Duration limit = limit(batch);
    Reply reply = worker.ask(job.request(batch, limit, worker), limit);
    if (reply.status() == Reply.Status.UNKNOWN_SCRIPTS) {
      worker.knownScripts().clear();
      return;
    }
    if (reply.status() == Reply.Status.UNLOCKED) {
      throw worker.childNotLocked();
    }
    try {
      takeAnswers(batch, reply);
    } catch (DamagedAnswerException | BufferUnderflowException e) {
      next = batch.get(0);
      if (batch.size() == 1) {
        fail(ErrorCode.SCRIPT, "it left no readable answer");
      } else {
        aloneUntil = next + batch.size();
      }
    }
  }

  private void takeAnswers(List<Integer> batch, Reply reply) throws DamagedAnswerException {
    if (reply.answered() < 0 || reply.answered() > batch.size()) {
      throw new DamagedAnswerException("more answers than questions");
    }
    for (int i = 0; i < reply.answered(); i++) {
      answer(job.read(reply.body()));
    }
    if (reply.body().hasRemaining()) {
      throw new DamagedAnswerException("more than answers");
    }
    if (reply.answered() == batch.size()) {
      return;
    }
    reply.kill().ifPresent(listener::killed);
    if (batch.size() > 1) {
      // A piece that found no room left is as good as any; other than that, it ended the batch.
      boolean noRoom = reply.status() == Reply.Status.FULL && reply.answered() > 0;
      aloneUntil = noRoom ? next : next + 1;
      return;
    }
    switch (reply.status()) {
      case LATE -> {
        late.merge(job.origin(next), 1, Integer::sum);
        fail(ErrorCode.DEADLINE, "it ran past its deadline of " + limit(batch).toMillis() + " ms");
      }
      case FULL -> fail(ErrorCode.SCRIPT, "its answer is too large");
      default -> fail(ErrorCode.SCRIPT, reply.ending());
    }
  }

  private void workerLost() {
    listener.killed(SandboxListener.Kill.LOST);
    lost = next == lostAt ? lost + 1 : 1;
    lostAt = next;
    if (lost >= LOST_AT_MOST && next < aloneUntil) {
      fail(ErrorCode.SANDBOX, "the worker process was lost over it, twice");
    } else {
      aloneUntil = Math.max(aloneUntil, Math.min(next + BATCH_PIECES, job.size()));
    }
  }

  private boolean isHopeless(int piece) {
    Object origin = job.origin(piece);
    return late.getOrDefault(origin, 0) >= LATE_AT_MOST && !answering.contains(origin);
  }

  /** Generous with size: the deadline is for what hangs, not for what is slow. */
  private Duration limit(List<Integer> batch) {
    long bytes = 0;
    for (int piece : batch) {
      bytes += job.bytes(piece);
    }
    return deadline.plusMillis(20L * (batch.size() - 1)).plusMillis(bytes / 128);
  }

  private void answer(R answer) {
    answering.add(job.origin(next));
    answers[next++] = answer;
  }

  private void fail(ErrorCode code, String detail) {
    answers[next++] = job.failed(code, detail);
  }
}
