package io.github.wasmspring.autoconfigure;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Runs calls whose method returns a future: on the application's task executor or, without one, on
 * a few threads of its own. Not an {@link Executor} itself, as a bean of that type would make Boot
 * keep its own back.
 */
final class AsyncCallExecutor implements AutoCloseable {

  static final String APPLICATION_EXECUTOR = "applicationTaskExecutor";

  private static final int QUEUE_CAPACITY = 1000;
  private static final long KEEP_ALIVE_SECONDS = 30;

  private final Executor executor;
  private final @Nullable ThreadPoolExecutor own;

  AsyncCallExecutor(@Nullable Executor applicationExecutor) {
    this.own = applicationExecutor == null ? create() : null;
    this.executor = applicationExecutor != null ? applicationExecutor : this.own;
  }

  private static ThreadPoolExecutor create() {
    int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    CustomizableThreadFactory factory = new CustomizableThreadFactory("wasm-call-");
    factory.setDaemon(true);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE_CAPACITY),
            factory,
            new ThreadPoolExecutor.CallerRunsPolicy());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  Executor executor() {
    return this.executor;
  }

  @Override
  public void close() {
    if (this.own != null) {
      this.own.shutdown();
    }
  }
}
