package io.github.wasmspring.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads, mutex, condition and semaphore of guests in C; the guest is in src/test/wasm/workshop.
 */
class WorkshopTest {

  @WasmModule("workshop")
  interface Workshop {

    long count(int threads, int rounds);

    int roomFor(int wanted);

    long produce(int producers, int each);

    boolean waitInVain(long nanos);

    void deadlock();

    void deadlockOfMany(int threads);

    int enter(int threads, int places, int rounds);

    long locals(int threads);
  }

  private static WasmRuntime runtime(WasmEngineMode mode, Duration timeout) {
    return WasmRuntime.create()
        .register(
            WasmModuleDescriptor.builder("workshop")
                .location("classpath:wasm/workshop.wasm")
                .settings(
                    settings ->
                        settings
                            .engineMode(mode)
                            .limits(limits -> limits.guestThreads(5).timeout(timeout)))
                .build());
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void everyThreadCountsAndIsCounted(WasmEngineMode mode) {
    try (WasmRuntime runtime = runtime(mode, Duration.ofMinutes(1))) {
      Workshop workshop = runtime.manager().bind(Workshop.class);
      int rounds = mode == WasmEngineMode.COMPILED ? 20_000 : 500;

      for (int threads = 0; threads <= 5; threads++) {
        assertThat(workshop.count(threads, rounds)).isEqualTo((threads + 1L) * rounds);
      }
      assertThat(workshop.roomFor(5)).isEqualTo(5);
      assertThat(workshop.roomFor(16)).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void everythingThatIsPutInComesOut(WasmEngineMode mode) {
    try (WasmRuntime runtime = runtime(mode, Duration.ofMinutes(1))) {
      Workshop workshop = runtime.manager().bind(Workshop.class);
      int each = mode == WasmEngineMode.COMPILED ? 1000 : 100;

      for (int round = 0; round < 20; round++) {
        for (int producers = 1; producers <= 5; producers += 2) {
          assertThat(workshop.produce(producers, each))
              .isEqualTo(producers * (each * (each + 1L) / 2));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void noMoreAreInsideThanThereArePlaces(WasmEngineMode mode) {
    try (WasmRuntime runtime = runtime(mode, Duration.ofMinutes(1))) {
      Workshop workshop = runtime.manager().bind(Workshop.class);

      for (int round = 0; round < 10; round++) {
        for (int places = 1; places <= 3; places++) {
          int answer = workshop.enter(4, places, 200);

          assertThat(answer / 100).isEqualTo(5 * 200);
          assertThat(answer % 100).isBetween(1, places);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void everyThreadHasVariablesOfItsOwn(WasmEngineMode mode) {
    try (WasmRuntime runtime = runtime(mode, Duration.ofMinutes(1))) {
      Workshop workshop = runtime.manager().bind(Workshop.class);

      assertThat(workshop.locals(4)).isEqualTo(1005 * 1_000_000L + 5 * 1005);
      assertThat(workshop.locals(0)).isEqualTo(1005 * 1_000_000L + 1005);
    }
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void whoWaitsInVainWakesUpInTheEnd(WasmEngineMode mode) {
    try (WasmRuntime runtime = runtime(mode, Duration.ofMinutes(1))) {
      Workshop workshop = runtime.manager().bind(Workshop.class);

      assertThat(workshop.waitInVain(2_000_000)).isTrue();
      assertThat(workshop.waitInVain(0)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void aDeadlockEndsAtTheDeadlineAndLeavesNoThread(WasmEngineMode mode) throws Exception {
    try (WasmRuntime runtime = runtime(mode, Duration.ofMillis(100))) {
      Workshop workshop = runtime.manager().bind(Workshop.class);

      assertThat(catchThrowableOfType(WasmExecutionException.class, workshop::deadlock).category())
          .isEqualTo(WasmErrorCategory.TIMEOUT);
      assertThat(
              catchThrowableOfType(WasmExecutionException.class, () -> workshop.deadlockOfMany(5))
                  .category())
          .isEqualTo(WasmErrorCategory.TIMEOUT);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("wasm-thread-workshop-")) {
        thread.join(2000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }
}
