package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then whether modules have changed where they come from, and loads those again. */
final class UpdateChecker implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(UpdateChecker.class);

  /** Its thread is started by the first module that is to be watched. */
  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "wasm-update-checker");
            thread.setDaemon(true);
            return thread;
          });

  private final Map<ModuleHandle, Future<?>> next = new ConcurrentHashMap<>();
  private final Predicate<ModuleHandle> refresh;

  /**
   * @param refresh loads a module again if it has changed, and says whether it did
   */
  UpdateChecker(Predicate<ModuleHandle> refresh) {
    this.refresh = refresh;
    this.scheduler.setRemoveOnCancelPolicy(true);
    this.scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Does nothing for a module that says no interval. */
  void watch(ModuleHandle handle) {
    Duration interval = handle.descriptor().settings().checkInterval();
    if (!interval.isZero()) {
      schedule(new Check(handle, interval));
    }
  }

  private void schedule(Check check) {
    this.next.compute(
        check.handle,
        (handle, last) -> {
          if (handle.closed() || this.scheduler.isShutdown()) {
            return null;
          }
          try {
            return this.scheduler.schedule(check, check.pause(), TimeUnit.NANOSECONDS);
          } catch (RejectedExecutionException closedMeanwhile) {
            return null;
          }
        });
  }

  /** Of a module that is closed. */
  void forget(ModuleHandle handle) {
    Future<?> waiting = this.next.remove(handle);
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  private final class Check implements Runnable {

    private final ModuleHandle handle;
    private final Duration interval;

    /** What went wrong last time, so that it is said once; {@code null} if nothing did. */
    private @Nullable String failure;

    Check(ModuleHandle handle, Duration interval) {
      this.handle = handle;
      this.interval = interval;
    }

    /** A tenth earlier or later each time: servers are not to be asked by everybody together. */
    long pause() {
      long nanos = this.interval.toNanos();
      return nanos + ThreadLocalRandom.current().nextLong(-nanos / 10, nanos / 10 + 1);
    }

    @Override
    public void run() {
      try {
        refresh();
      } finally {
        schedule(this);
      }
    }

    private void refresh() {
      try {
        if (UpdateChecker.this.refresh.test(this.handle)) {
          logger.info(
              "WebAssembly module {} has changed where it comes from and was loaded again",
              this.handle.descriptor());
        }
        this.failure = null;
      } catch (WasmException failed) {
        report(failed.getMessage(), failed);
      } catch (RuntimeException | LinkageError unexpected) {
        report(unexpected.toString(), unexpected);
      }
    }

    private void report(String message, Throwable failed) {
      if (message.equals(this.failure)) {
        logger.debug("Still: {}", message);
      } else {
        this.failure = message;
        logger.warn(
            "Whether WebAssembly module {} has changed can't be told, or the new one can't be loaded; it goes on as it is: {}",
            this.handle.descriptor(),
            message);
        logger.debug("The cause", failed);
      }
    }
  }

  @Override
  public void close() {
    this.scheduler.shutdownNow();
  }
}
