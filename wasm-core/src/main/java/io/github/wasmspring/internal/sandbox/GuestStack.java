package io.github.wasmspring.internal.sandbox;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread of an instance's own, whose stack is as large as the settings of its module say. The
 * thread of the caller waits meanwhile, and passes on its interrupts. A deadline had better
 * interrupt this thread itself: the caller may be a virtual thread that gets no carrier for now.
 *
 * <p>{@code thread} is written when the first work comes, before that work runs.
 */
public final class GuestStack implements AutoCloseable {

  private final ExecutorService executor;
  private volatile @Nullable Thread thread;

  /**
   * @param module whose instance it is for, for the name of the thread
   * @param bytes how large the stack is, about
   */
  public GuestStack(String module, long bytes) {
    this.executor =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(null, work, "wasm-stack-" + module, bytes);
              made.setDaemon(true);
              this.thread = made;
              return made;
            });
  }

  /** Whether the current thread is the one with this stack. */
  public boolean isCurrent() {
    return Thread.currentThread() == this.thread;
  }

  /**
   * Does something on this stack and waits until it has been done. An interrupt of the calling
   * thread is passed on, also one that comes before the work has begun; its flag is set afterwards.
   *
   * @throws RejectedExecutionException if the stack has been closed
   */
  public <T extends @Nullable Object> T call(Supplier<T> work) {
    StoppableWork<T> stoppable = new StoppableWork<>(work);
    Future<T> answer = this.executor.submit(stoppable);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException stop) {
          interrupted = true;
          stoppable.stop();
        }
      }
    } catch (ExecutionException failure) {
      throw GuestStack.<RuntimeException>unchecked(Objects.requireNonNull(failure.getCause()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A supplier throws nothing else. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException unchecked(Throwable failure) throws T {
    throw (T) failure;
  }

  /** Lets the thread end. */
  @Override
  public void close() {
    this.executor.shutdownNow();
  }
}
