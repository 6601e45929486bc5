package io.github.wasmspring.vector;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that guests run on. An instance breaks down when its thread is interrupted, and with
 * it go the vectors in it; so the threads of callers, who may be interrupted at any time, only
 * wait. There are no more of them than copies.
 */
final class VectorThreads implements AutoCloseable {

  private final ExecutorService threads;

  VectorThreads() {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "wasm-vector-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Waits for an answer. The work goes on if the caller is interrupted.
   *
   * @param otherwise done in its place if there is no thread for it
   * @throws WasmExecutionException {@code INTERRUPTED}
   */
  <T> T answer(Callable<T> work, Runnable otherwise) {
    Future<T> answer;
    try {
      answer = submit(work);
    } catch (RuntimeException | Error refused) {
      otherwise.run();
      throw refused;
    }
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw interrupted(interrupted);
    } catch (ExecutionException failure) {
      throw unchecked(failure);
    }
  }

  static WasmExecutionException interrupted(InterruptedException interrupted) {
    return new WasmExecutionException(
        WasmErrorCategory.INTERRUPTED,
        "the thread was interrupted while it waited for a search",
        interrupted);
  }

  /** Waits until the work is done, whoever is interrupted meanwhile. */
  void finish(Runnable work) {
    Future<?> done = submit(() -> run(work));
    boolean interrupted = false;
    try {
      for (; ; ) {
        try {
          done.get();
          return;
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failure) {
      throw unchecked(failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Boolean run(Runnable work) {
    work.run();
    return true;
  }

  /** Lets work be done some time, or not at all if it is too late for that. */
  void later(Runnable work) {
    try {
      this.threads.execute(work);
    } catch (RejectedExecutionException closed) {
      // Nobody needs it any more.
    }
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return this.threads.submit(work);
    } catch (RejectedExecutionException closed) {
      throw new IllegalStateException("The vector indexes are closed", closed);
    }
  }

  private static RuntimeException unchecked(ExecutionException failure) {
    if (failure.getCause() instanceof Error error) {
      throw error;
    }
    return failure.getCause() instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure.getCause());
  }

  @Override
  public void close() {
    this.threads.shutdown();
  }
}
