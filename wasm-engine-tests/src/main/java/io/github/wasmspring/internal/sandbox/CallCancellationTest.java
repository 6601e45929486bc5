package io.github.wasmspring.internal.sandbox;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallCancellationTest {

  private static final long NEVER = CallWatchdog.ticks(Duration.ofDays(1));

  private final CallWatchdog watchdog = new CallWatchdog();
  private final CallCancellation cancellation = new CallCancellation();

  @AfterEach
  void close() {
    this.watchdog.close();
    assertThat(Thread.interrupted()).isFalse();
  }

  private static boolean spinUntilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    return true;
  }

  @Test
  void interruptsWhatWaitsAndTakesTheInterruptBack() {
    Thread other = new Thread(this.cancellation::cancel);

    boolean interrupted =
        this.cancellation.interruptibly(
            () -> {
              other.start();
              return spinUntilInterrupted();
            });

    assertThat(interrupted).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(this.cancellation.isCancelled()).isTrue();
  }

  @Test
  void keepsAnInterruptThatWasThereBefore() {
    Thread.currentThread().interrupt();

    this.cancellation.interruptibly(
        () -> {
          this.cancellation.cancel();
          return null;
        });

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void nothingBeginsAfterwards() {
    this.cancellation.cancel();
    AtomicBoolean begun = new AtomicBoolean();

    failure(
        WasmErrorCategory.INTERRUPTED,
        () ->
            this.cancellation.interruptibly(
                () -> {
                  begun.set(true);
                  return null;
                }));

    assertThat(begun).isFalse();
    assertThat(this.cancellation.watch(this.watchdog.guard())).isFalse();
  }

  @Test
  void doesNotInterruptAThreadBetweenTwoSteps() {
    this.cancellation.interruptibly(() -> null);
    this.cancellation.cancel();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void stopsAGuestLongBeforeItsDeadline() {
    CallGuard guard = this.watchdog.guard();
    guard.enter(NEVER);
    assertThat(this.cancellation.watch(guard)).isTrue();
    new Thread(this.cancellation::cancel).start();

    spinUntilInterrupted();
    this.cancellation.unwatch();

    assertThat(guard.leave()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void interruptsAgainWhereTheFirstInterruptWasSwallowed() {
    CallGuard guard = this.watchdog.guard();
    guard.enter(NEVER);
    this.cancellation.watch(guard);
    this.cancellation.cancel();

    for (int i = 0; i < 3; i++) {
      spinUntilInterrupted();
      Thread.interrupted();
    }
    this.cancellation.unwatch();

    assertThat(guard.leave()).isTrue();
  }

  @Test
  void neverHitsTheNextCallOfTheSameGuard() throws Exception {
    CallGuard guard = this.watchdog.guard();
    AtomicReference<CallCancellation> current = new AtomicReference<>(new CallCancellation());
    AtomicBoolean done = new AtomicBoolean();
    Thread canceller =
        new Thread(
            () -> {
              while (!done.get()) {
                current.get().cancel();
              }
            });
    canceller.start();
    Random random = new Random(7);
    int stopped = 0;
    int calls = 0;
    long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (System.nanoTime() < end) {
      CallCancellation cancellable = new CallCancellation();
      guard.enter(NEVER);
      assertThat(cancellable.watch(guard)).isTrue();
      current.set(cancellable);
      for (int spins = random.nextInt(200); spins > 0; spins--) {
        Thread.onSpinWait();
      }
      cancellable.unwatch();
      stopped += guard.leave() ? 1 : 0;

      guard.enter(NEVER);
      for (int spins = random.nextInt(50); spins > 0; spins--) {
        Thread.onSpinWait();
      }
      boolean hit = Thread.currentThread().isInterrupted();
      assertThat(guard.leave()).as("the next call was stopped").isFalse();
      assertThat(hit).as("the next call was interrupted").isFalse();
      calls++;
    }
    done.set(true);
    canceller.join();

    assertThat(stopped).isPositive();
    assertThat(calls).isGreaterThan(stopped);
  }
}
