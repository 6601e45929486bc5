package io.github.wasmspring.internal.module;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * The timer that the JDK has for everybody. Its thread lives as long as the JVM, and before Java 25
 * it keeps the class loaders of whoever had it made: an application that is started again in
 * another class loader, by Spring Boot DevTools or in a servlet container, would never go. So a
 * thread of the common pool asks for it, which knows no application.
 */
public final class SharedTimer {

  private SharedTimer() {}

  /** Has an executor do something after a time. */
  public static void later(Duration delay, Executor executor, Runnable work) {
    Runnable ask =
        () ->
            CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, executor)
                .execute(work);
    if (ForkJoinPool.getCommonPoolParallelism() > 0) {
      ForkJoinPool.commonPool().execute(ask);
    } else {
      ask.run();
    }
  }
}
