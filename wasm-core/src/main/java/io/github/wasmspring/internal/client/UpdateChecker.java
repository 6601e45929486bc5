package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.internal.load.FileLocationResolver;
import io.github.wasmspring.module.WasmLocation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import java.io.IOException;
import java.nio.file.Path;
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

/**
 * Looks now and then whether modules have changed where they come from, and loads those again; at
 * once where it is told that a file has changed.
 */
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

  /**
   * Whoever writes a file in pieces is left alone until there has been no more of it for so long.
   */
  private static final Duration QUIET = Duration.ofMillis(200);

  private final Map<ModuleHandle, Future<?>> next = new ConcurrentHashMap<>();
  private final Map<ModuleHandle, Future<?>> soon = new ConcurrentHashMap<>();
  private final FileWatch files = new FileWatch();
  private final Predicate<ModuleHandle> refresh;

  /**
   * @param refresh loads a module again if it has changed, and says whether it did
   */
  UpdateChecker(Predicate<ModuleHandle> refresh) {
    this.refresh = refresh;
    this.scheduler.setRemoveOnCancelPolicy(true);
    this.scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Whether modules that are run so are looked after without anybody calling them. */
  static boolean watches(WasmModuleSettings settings) {
    return settings.watch() || !settings.checkInterval().isZero();
  }

  /** Does nothing for a module that says neither. */
  void watch(ModuleHandle handle) {
    WasmModuleDescriptor module = handle.descriptor();
    Duration interval = module.settings().checkInterval();
    Check check = new Check(handle, interval);
    if (!interval.isZero()) {
      schedule(check);
    }
    Path file = module.settings().watch() ? file(module) : null;
    if (file != null) {
      this.files.watch(handle, file, () -> later(check));
    }
  }

  /** {@code null} if the module is no file, or none that could be. */
  private static @Nullable Path file(WasmModuleDescriptor module) {
    WasmLocation location = WasmLocation.of(module.location());
    try {
      return location != null && location.isFile()
          ? FileLocationResolver.path(location.text()).toAbsolutePath()
          : null;
    } catch (IOException noFile) {
      // Loading it says so.
      logger.debug("{} can't be watched", module, noFile);
      return null;
    }
  }

  private void later(Check check) {
    this.soon.compute(
        check.handle,
        (handle, waiting) -> {
          if (waiting != null) {
            waiting.cancel(false);
          }
          try {
            return this.scheduler.schedule(check::refresh, QUIET.toNanos(), TimeUnit.NANOSECONDS);
          } catch (RejectedExecutionException closedMeanwhile) {
            return null;
          }
        });
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

  /** Of a module that is closed, or is to be watched in another way. */
  void forget(ModuleHandle handle) {
    this.files.forget(handle);
    cancel(this.next.remove(handle));
    cancel(this.soon.remove(handle));
  }

  private static void cancel(@Nullable Future<?> waiting) {
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
    this.files.close();
    this.scheduler.shutdownNow();
  }
}
