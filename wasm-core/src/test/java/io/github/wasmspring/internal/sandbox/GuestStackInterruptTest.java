package io.github.wasmspring.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** An interrupt of the caller reaches the guest, whenever it comes, and only that guest. */
class GuestStackInterruptTest {

  private static final int ROUNDS = 500;
  private static final long LONG = 5_000_000_000L;

  private static boolean isStoppedSoon() {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < LONG) {
      if (Thread.currentThread().isInterrupted()) {
        return true;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return false;
  }

  @Test
  void anInterruptBeforeTheGuestHasBegun() {
    for (int i = 0; i < ROUNDS; i++) {
      try (GuestStack stack = new GuestStack("test", 1 << 20)) {
        Thread.currentThread().interrupt();
        boolean stopped = stack.call(GuestStackInterruptTest::isStoppedSoon);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped).as("round %d", i).isTrue();
      }
    }
  }

  @Test
  void theNextGuestIsNotInterrupted() {
    try (GuestStack stack = new GuestStack("test", 1 << 20)) {
      for (int i = 0; i < ROUNDS; i++) {
        Thread.currentThread().interrupt();
        stack.call(() -> 1);
        assertThat(Thread.interrupted()).isTrue();
        boolean interrupted = stack.call(() -> Thread.currentThread().isInterrupted());
        assertThat(interrupted).as("round %d", i).isFalse();
      }
    }
  }
}
