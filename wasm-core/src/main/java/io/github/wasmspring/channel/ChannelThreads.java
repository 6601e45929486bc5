package io.github.wasmspring.channel;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that deliver messages; there are none while there is nothing to do. */
final class ChannelThreads {

  private static final long KEEP_ALIVE_SECONDS = 30;

  private ChannelThreads() {}

  static ScheduledExecutorService create(int threads) {
    AtomicInteger number = new AtomicInteger();
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(
            threads,
            task -> {
              Thread thread = new Thread(task, "wasm-channel-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
