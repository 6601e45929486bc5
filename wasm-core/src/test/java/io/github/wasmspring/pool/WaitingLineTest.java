package io.github.wasmspring.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits, and who does not. */
@Timeout(60)
class WaitingLineTest {

  private final WaitingLine<String> line = new WaitingLine<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    this.threads.shutdownNow();
  }

  @Test
  void whoMustNotWaitDoesNothingWhileAnotherThreadHasTheLine() throws Exception {
    CountDownLatch has = new CountDownLatch(1);
    CountDownLatch mayGo = new CountDownLatch(1);
    Future<@Nullable String> waiter =
        this.threads.submit(
            () ->
                this.line.await(
                    () -> {
                      has.countDown();
                      awaitQuietly(mayGo);
                      return "found";
                    },
                    TimeUnit.SECONDS.toNanos(30)));
    has.await();
    AtomicBoolean looked = new AtomicBoolean();

    // Would wait for ever if it waited for the lock.
    this.line.tryServe(
        () -> {
          looked.set(true);
          return null;
        });

    assertThat(looked).isFalse();
    mayGo.countDown();
    assertThat(waiter.get()).isEqualTo("found");
  }

  @Test
  void whoMustNotWaitServesALineThatNobodyHas() throws Exception {
    AtomicReference<@Nullable String> free = new AtomicReference<>();
    Future<@Nullable String> waiter =
        this.threads.submit(
            () -> this.line.await(() -> free.getAndSet(null), TimeUnit.SECONDS.toNanos(30)));
    while (this.line.length() == 0) {
      Thread.onSpinWait();
    }
    free.set("found");

    // The waiter may have the line for the moment in which it falls asleep.
    while (!waiter.isDone()) {
      this.line.tryServe(() -> free.getAndSet(null));
    }

    assertThat(waiter.get()).isEqualTo("found");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
