package io.github.wasmspring.internal.engine.jvm.classes;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads of the engine's own, as many as there are cores; they end when there is no work. */
public final class EngineThreads {

  private EngineThreads() {}

  public static Executor named(String name) {
    int cores = Runtime.getRuntime().availableProcessors();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            cores,
            cores,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> thread(name, work));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    // Not that of whoever needs the first class, which may be a thread in the background.
    thread.setPriority(Thread.NORM_PRIORITY);
    return thread;
  }
}
