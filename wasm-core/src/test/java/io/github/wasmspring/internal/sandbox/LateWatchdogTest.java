package io.github.wasmspring.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deadlines while the watchdog's thread gets no processor, its looks being made by hand. */
class LateWatchdogTest {

  private static final long DEADLINE = 10;

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private final CallWatchdog watchdog = new CallWatchdog();
  private final CallGuard guard = this.watchdog.guard();
  private long tick;

  /** Its own thread looks no more, and the guard is asked by us alone. */
  @BeforeEach
  void stop() throws InterruptedException {
    this.watchdog.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("wasm-watchdog") && !this.before.contains(thread)) {
        thread.join();
      }
    }
    this.tick = this.watchdog.now();
  }

  private boolean isLate(long passed) {
    this.tick += passed;
    boolean late = this.guard.check(this.tick, passed);
    return late || this.guard.isAnnounced();
  }

  @Test
  void aCallHasItsWholeTimeThoughTheLastLookWasLongAgo() {
    this.guard.enter(DEADLINE);

    assertThat(isLate(60)).isFalse();
    for (long i = 1; i < DEADLINE; i++) {
      assertThat(isLate(1)).as("tick %d", i).isEqualTo(i >= DEADLINE - 1);
    }
    this.guard.leave();
  }

  @Test
  void aCallThatWasSeenBeforeIsLateHoweverLateTheLookIs() {
    this.guard.enter(DEADLINE);

    assertThat(isLate(1)).isFalse();
    assertThat(isLate(60)).isTrue();
    this.guard.leave();
  }

  @Test
  void theNextCallOfTheSameInstanceHasItsWholeTimeToo() {
    this.guard.enter(DEADLINE);
    assertThat(isLate(1)).isFalse();
    this.guard.leave();
    this.guard.enter(DEADLINE);

    assertThat(isLate(60)).isFalse();
    this.guard.leave();
  }

  @Test
  void whoLooksInTimeAddsNothing() {
    this.guard.enter(DEADLINE);

    for (long i = 1; i <= DEADLINE; i++) {
      assertThat(isLate(1)).as("tick %d", i).isEqualTo(i == DEADLINE);
    }
    this.guard.leave();
  }
}
