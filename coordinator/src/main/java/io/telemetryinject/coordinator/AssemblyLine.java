package io.telemetryinject.coordinator;

import io.telemetryinject.coordinator.assemble.AssembledFile;
import io.telemetryinject.coordinator.assemble.CompletedFile;
import io.telemetryinject.coordinator.assemble.FileAssembler;
import io.telemetryinject.coordinator.output.RunOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads that turn completed files into written ones, several per round trip to the sandbox.
 */
final class AssemblyLine implements AutoCloseable {
  private static final int MAX_FILES = 32;
  private static final int MAX_FUNCTIONS = 512;

  private final FileAssembler assembler;
  private final RunOutput output;
  private final Consumer<AssembledFile> written;
  private final BlockingQueue<CompletedFile> queue = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;
  private volatile @Nullable IOException problem;

  AssemblyLine(
      FileAssembler assembler, RunOutput output, int workers, Consumer<AssembledFile> written) {
    this.assembler = assembler;
    this.output = output;
    this.written = written;
    for (int i = 0; i < workers; i++) {
      Thread thread = new Thread(this::work, "assembler-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  void add(CompletedFile file) {
    queue.add(file);
  }

  /** Throws what stopped the line, if something did. */
  void check() throws IOException {
    IOException current = problem;
    if (current != null) {
      throw current;
    }
  }

  private void work() {
    while (!closed && problem == null) {
      try {
        CompletedFile first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          assemble(first);
        }
      } catch (IOException e) {
        problem = e;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        problem = new IOException("defect in assembling files: " + e, e);
      }
    }
  }

  private void assemble(CompletedFile first) throws IOException {
    List<CompletedFile> files = new ArrayList<>();
    files.add(first);
    int functions = first.outcomes().size();
    while (files.size() < MAX_FILES && functions < MAX_FUNCTIONS) {
      CompletedFile next = queue.poll();
      if (next == null) {
        break;
      }
      files.add(next);
      functions += next.outcomes().size();
    }
    List<AssembledFile> assembled = assembler.assemble(files);
    output.write(assembled);
    assembled.forEach(written);
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
