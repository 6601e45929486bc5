package io.github.wasmspring;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guest code that works on for very long, and of which HotSpot has made the best that it can before
 * anybody wants it to end: what it takes for the same in each round it looks at once.
 */
@Timeout(120)
class HotLoopsTest {

  private static final Duration WARM_UP = Duration.ofMillis(300);
  private static final Duration TIMEOUT = Duration.ofMillis(50);
  private static final Duration LATEST = Duration.ofMillis(50);

  /** The machine may be busy with something else; code that looks too seldom is always late. */
  private static final int ATTEMPTS = 5;

  private static final String MIX = "20 01 41 05 6c 41 07 73 21 01 ";
  private static final String ONE_LESS = "20 00 42 01 7d ";
  private static final String AGAIN_UNLESS_ZERO = ONE_LESS + "22 00 50 45 0d 00 ";
  private static final String RETURN_IF_ZERO = "20 00 50 04 40 41 01 0f 0b ";
  private static final String RETURN_SOON = ONE_LESS + "22 00 50 04 40 20 01 0f 0b ";
  private static final String ADDRESS = "20 00 a7 41 ff ff 03 71 ";

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
    Thread.interrupted();
  }

  /** What the function {@code f: (i64) -> i32} does so many times. */
  enum Shape {
    COUNTED(loop(MIX)),
    COUNTED_IN_32_BITS(
        "01 02 7f 20 00 a7 21 02 03 40 " + MIX + MIX + "20 02 41 01 6b 22 02 0d 00 0b 20 01 0b"),
    COUNTED_UPWARDS(
        "01 02 7f 03 40 " + MIX + MIX + "20 02 41 01 6a 22 02 20 00 a7 47 0d 00 0b 20 01 0b"),
    LEFT_IN_THE_MIDDLE("01 01 7f 03 40 " + RETURN_SOON + MIX + "0c 00 0b 00 0b"),
    NESTED(
        "01 02 7f 03 40 41 e8 07 21 02 03 40 "
            + MIX
            + "20 02 41 01 6b 22 02 0d 00 0b "
            + AGAIN_UNLESS_ZERO
            + "0b 20 01 0b"),
    WITH_TWO_HEADS(
        "01 01 7f 03 40 03 40 " + MIX + RETURN_SOON + "20 01 41 01 71 0d 00 0c 01 0b 0b 00 0b"),
    BY_TABLE("01 01 7f 02 40 03 40 " + MIX + ONE_LESS + "22 00 50 0e 01 00 01 0b 0b 20 01 0b"),
    LOADS(loop("20 01 " + ADDRESS + "2d 00 00 6a 41 03 6c 21 01 ")),
    STORES(loop(ADDRESS + "20 01 3a 00 00 " + MIX)),
    LOADS_OF_THE_SECOND_MEMORY(loop("20 01 " + ADDRESS + "2d 40 01 00 6a 41 03 6c 21 01 ")),
    GLOBALS(loop("23 00 41 05 6c 41 07 73 24 00 ")),
    MEMORY_COPY(loop("41 00 41 08 41 c0 00 fc 0a 00 00 ")),
    MEMORY_FILL(loop("41 00 41 07 41 20 fc 0b 00 ")),
    MEMORY_GROW(loop("41 00 40 00 1a ")),
    TABLE_GET_AND_SET(loop("41 03 41 00 25 00 26 00 ")),
    ATOMICS(loop("41 00 41 01 fe 1e 02 00 1a ")),
    CALLS(loop("20 01 10 01 21 01 ")),
    CALLS_BY_TABLE(loop("20 01 41 00 11 01 00 21 01 ")),
    TAIL_CALLS_OF_ITSELF("00 " + RETURN_IF_ZERO + ONE_LESS + "12 00 0b"),
    TAIL_CALLS_OF_TWO("00 " + RETURN_IF_ZERO + ONE_LESS + "12 03 0b"),
    TAIL_CALLS_BY_TABLE("00 " + RETURN_IF_ZERO + ONE_LESS + "41 01 13 00 00 0b"),
    THROWS(loop("02 40 1f 40 01 02 00 08 00 0b 0b ")),
    THROWS_OF_A_CALLEE(loop("02 40 1f 40 01 02 00 10 02 0b 0b ")),
    CAUGHT_BY_THE_LOOP("01 01 7f 03 40 " + RETURN_SOON + "1f 40 01 02 00 08 00 0b 0b 00 0b"),
    OLDER_TRY(loop("06 40 08 00 19 0b ")),
    RECURSION("00 " + RETURN_IF_ZERO + ONE_LESS + "10 00 " + ONE_LESS + "10 00 6a 0b"),
    RECURSION_BY_TABLE(
        "00 " + RETURN_IF_ZERO + ONE_LESS + "41 02 11 00 00 " + ONE_LESS + "41 02 11 00 00 6a 0b");

    private final String body;

    Shape(String body) {
      this.body = body;
    }

    private static String loop(String body) {
      return "01 01 7f 03 40 " + body + AGAIN_UNLESS_ZERO + "0b 20 01 0b";
    }

    private boolean isRecursion() {
      return name().startsWith("RECURSION");
    }

    private boolean isTailCall() {
      return name().startsWith("TAIL_CALLS");
    }

    /** There are engines where tail calls take stack. */
    private WasmErrorCategory[] expected() {
      return isTailCall()
          ? new WasmErrorCategory[] {WasmErrorCategory.TIMEOUT, WasmErrorCategory.STACK_OVERFLOW}
          : new WasmErrorCategory[] {WasmErrorCategory.TIMEOUT};
    }

    private long few() {
      return isRecursion() ? 12 : isTailCall() ? 500 : 5_000;
    }

    /** It comes to an end, so that a test that fails does, too. */
    private long many() {
      return isRecursion() ? 36 : 10_000_000_000L;
    }

    private byte[] module() {
      String otherTailCall =
          "00 "
              + RETURN_IF_ZERO
              + ONE_LESS
              + (this == TAIL_CALLS_BY_TABLE ? "41 02 13 00 00 0b" : "12 00 0b");
      ModuleMaker module =
          new ModuleMaker()
              .type("60 01 7e 01 7f")
              .type("60 01 7f 01 7f")
              .type("60 00 00")
              .function(0, this.body)
              .function(1, "00 20 00 41 05 6c 41 07 73 0b")
              .table("70 00 04")
              .memory(this == ATOMICS ? "03 01 02" : "00 01")
              .global("7f 01 41 00 0b")
              .export("f", FUNCTION, 0);
      if (this == LOADS_OF_THE_SECOND_MEMORY) {
        module.memory("00 01");
      }
      boolean throwing =
          name().contains("THROWS") || this == CAUGHT_BY_THE_LOOP || this == OLDER_TRY;
      if (throwing) {
        module.tag(2);
      }
      return module
          .function(2, throwing ? "00 08 00 0b" : "00 0b")
          .function(0, isTailCall() ? otherTailCall : "00 41 00 0b")
          .elements("00 41 00 0b 03 01 03 00")
          .bytes();
    }
  }

  private void open(Shape shape) {
    TestEngines.assumeRuns(shape.module());
    this.runtime.with(
        WasmModuleDescriptor.builder("hot")
            .location(this.runtime.bytes.put("hot", shape.module()))
            .settings(
                settings ->
                    settings
                        .engineMode(WasmEngineMode.COMPILED)
                        .pool(pool -> pool.min(0).max(1))
                        .limits(limits -> limits.timeout(Duration.ofMinutes(1)))));
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < WARM_UP.toNanos()) {
      call(shape.few(), Duration.ofMinutes(1));
    }
  }

  private WasmResult<Integer> call(long rounds, Duration timeout) {
    return this.runtime
        .manager
        .module("hot")
        .operation("f")
        .arguments(rounds)
        .timeout(timeout)
        .retrieve(int.class);
  }

  @ParameterizedTest
  @EnumSource
  void endSoonAfterTheirDeadline(Shape shape) {
    open(shape);
    List<Duration> late = new ArrayList<>();

    for (int i = 0; i < ATTEMPTS && (i == 0 || isLate(late)); i++) {
      long begin = System.nanoTime();
      WasmException failure = failure(() -> call(shape.many(), TIMEOUT));
      late.add(Duration.ofNanos(System.nanoTime() - begin).minus(TIMEOUT));
      assertThat(failure.category()).as("%s", failure).isIn((Object[]) shape.expected());
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    assertThat(late).anyMatch(time -> time.compareTo(LATEST) < 0);
  }

  private static boolean isLate(List<Duration> late) {
    return Collections.min(late).compareTo(LATEST) >= 0;
  }

  @ParameterizedTest
  @EnumSource(names = {"COUNTED", "NESTED", "STORES", "CALLS", "THROWS", "RECURSION"})
  void endSoonAfterTheirThreadWasInterrupted(Shape shape) throws InterruptedException {
    open(shape);
    List<Duration> late = new ArrayList<>();

    for (int i = 0; i < ATTEMPTS && (i == 0 || isLate(late)); i++) {
      late.add(interrupt(shape));
    }

    assertThat(late).anyMatch(time -> time.compareTo(LATEST) < 0);
  }

  /**
   * @return how long it went on
   */
  private Duration interrupt(Shape shape) throws InterruptedException {
    AtomicReference<WasmException> failure = new AtomicReference<>();
    AtomicReference<Boolean> stillInterrupted = new AtomicReference<>(false);
    Thread caller =
        new Thread(
            () -> {
              failure.set(failure(() -> call(shape.many(), Duration.ofMinutes(1))));
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    Awaitility.await().until(() -> !this.runtime.watchdog.running().isEmpty());

    long begin = System.nanoTime();
    caller.interrupt();
    caller.join();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);

    assertThat(failure.get().category()).as("%s", failure).isEqualTo(WasmErrorCategory.INTERRUPTED);
    assertThat(stillInterrupted.get()).isTrue();
    return took;
  }
}
