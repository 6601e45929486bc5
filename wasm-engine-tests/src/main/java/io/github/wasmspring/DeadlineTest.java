package io.github.wasmspring;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.ModuleWriter.body;
import static io.github.wasmspring.testing.ModuleWriter.bytes;
import static io.github.wasmspring.testing.ModuleWriter.constant;
import static io.github.wasmspring.testing.ModuleWriter.export;
import static io.github.wasmspring.testing.ModuleWriter.join;
import static io.github.wasmspring.testing.ModuleWriter.number;
import static io.github.wasmspring.testing.ModuleWriter.repeat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleWriter;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guest code that works on for ever, or for minutes, in every way that an engine could overlook:
 * compiled, interpreted, and interpreted because a function is too large for the compiler.
 */
@Timeout(120)
class DeadlineTest {

  /** What a function takes that is not compiled and that nothing can be split off. */
  private static final int NESTED = 12_000;

  private static final int PAGES = 1000;
  private static final int BYTES = PAGES * 65_536;
  private static final int ELEMENTS = 1_000_000;
  private static final int SEGMENT = 1 << 20;
  private static final int ELEMENTS_OF_SEGMENT = SEGMENT / 8;

  /** In an otherwise endless time. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final TestRuntime runtime = new TestRuntime(new MemoryBudget(256L << 20));

  @AfterEach
  void close() {
    this.runtime.close();
    Thread.interrupted();
  }

  /** What the function {@code f: () -> i32} does. */
  enum Shape {
    TAIL_CALLS(constant(0), bytes(0x1a, 0x12, 0)),
    TAIL_CALLS_OF_TWO(bytes(0x12, 1)),
    INDIRECT_TAIL_CALLS(constant(0), bytes(0x13, 0, 0)),
    INDIRECT_TAIL_CALLS_OF_TWO(constant(1), bytes(0x13, 0, 0)),
    TAIL_CALLS_BY_REFERENCE(bytes(0xd2, 1, 0x15, 0)),
    CATCH_ALL(bytes(0x03, 0x40, 0x1f, 0x40, 1, 2, 0, 0x08, 0, 0x0b, 0x0b), constant(1)),
    CATCH(bytes(0x03, 0x40, 0x1f, 0x40, 1, 0, 0, 0, 0x08, 0, 0x0b, 0x0b), constant(1)),
    BRANCH_ON_NULL(bytes(0x03, 0x40, 0xd0, 0x70, 0xd5, 0, 0x1a, 0x0b), constant(1)),
    MEMORY_FILL(
        repeat(4000, join(constant(0), constant(7), constant(BYTES), bytes(0xfc, 0x0b, 0))),
        constant(1)),
    MEMORY_COPY_DOWN(
        repeat(4000, join(constant(0), constant(8), constant(BYTES - 8), bytes(0xfc, 0x0a, 0, 0))),
        constant(1)),
    MEMORY_COPY_UP(
        repeat(4000, join(constant(8), constant(0), constant(BYTES - 8), bytes(0xfc, 0x0a, 0, 0))),
        constant(1)),
    COPY_TO_ANOTHER_MEMORY(
        repeat(4000, join(constant(0), constant(0), constant(BYTES / 4), bytes(0xfc, 0x0a, 1, 0))),
        constant(1)),
    MEMORY_INIT(
        repeat(60_000, join(constant(0), constant(0), constant(SEGMENT), bytes(0xfc, 0x08, 0, 0))),
        constant(1)),
    TABLE_FILL(
        repeat(
            3000, join(constant(0), bytes(0xd0, 0x70), constant(ELEMENTS), bytes(0xfc, 0x11, 1))),
        constant(1)),
    TABLE_COPY(
        repeat(
            3000, join(constant(0), constant(1), constant(ELEMENTS - 1), bytes(0xfc, 0x0e, 1, 1))),
        constant(1)),
    TABLE_INIT(
        repeat(
            30_000,
            join(constant(0), constant(0), constant(ELEMENTS_OF_SEGMENT), bytes(0xfc, 0x0c, 1, 1))),
        constant(1)),
    TABLE_GROW(
        repeat(5000, join(bytes(0xd0, 0x70), constant(1), bytes(0xfc, 0x0f, 1, 0x1a))),
        constant(1));

    private final byte[][] code;

    Shape(byte[]... code) {
      this.code = code;
    }

    private boolean usesTheSecondMemory() {
      return this == COPY_TO_ANOTHER_MEMORY;
    }

    private boolean isTailCall() {
      return name().contains("TAIL_CALLS");
    }

    /** Compiled code has a frame for each tail call, which comes to an end too. */
    private WasmErrorCategory[] expected() {
      return isTailCall()
          ? new WasmErrorCategory[] {WasmErrorCategory.TIMEOUT, WasmErrorCategory.STACK_OVERFLOW}
          : new WasmErrorCategory[] {WasmErrorCategory.TIMEOUT};
    }

    byte[] module(boolean big) {
      byte[] nest =
          big
              ? join(repeat(NESTED, bytes(0x41, 0, 0x04, 0x40)), repeat(NESTED, bytes(0x05, 0x0b)))
              : bytes();
      byte[] other =
          switch (this) {
            case INDIRECT_TAIL_CALLS_OF_TWO -> join(constant(0), bytes(0x13, 0, 0));
            case TAIL_CALLS_BY_REFERENCE -> bytes(0xd2, 0, 0x15, 0);
            case TAIL_CALLS_OF_TWO -> bytes(0x12, 0);
            default -> constant(0);
          };
      ModuleWriter module =
          new ModuleWriter()
              .vector(1, bytes(0x60, 0, 1, 0x7f), bytes(0x60, 0, 0))
              .vector(3, number(0), number(0))
              .vector(
                  4,
                  bytes(0x70, 0, 2),
                  join(bytes(0x70, 0), number(name().startsWith("TABLE") ? ELEMENTS : 1)));
      byte[] memory = join(bytes(0), number(name().contains("MEMORY") ? PAGES : 1));
      if (usesTheSecondMemory()) {
        module.vector(5, memory, memory);
      } else {
        module.vector(5, memory);
      }
      if (name().startsWith("CATCH")) {
        module.vector(13, bytes(0, 1));
      }
      return module
          .vector(7, export("f", 0, 0))
          .vector(
              9,
              join(bytes(0), constant(0), bytes(0x0b, 2, 0, 1)),
              join(bytes(1, 0), number(ELEMENTS_OF_SEGMENT), repeat(ELEMENTS_OF_SEGMENT, bytes(0))))
          .section(12, number(1))
          .vector(10, body(nest, join(this.code)), body(other))
          .vector(11, join(bytes(1), number(SEGMENT), new byte[SEGMENT]))
          .bytes();
    }
  }

  static Stream<Arguments> shapes() {
    return Stream.concat(
        Arrays.stream(Shape.values())
            .flatMap(
                shape ->
                    Stream.of(
                        Arguments.of(shape, WasmEngineMode.INTERPRETER, false),
                        Arguments.of(shape, WasmEngineMode.COMPILED, false),
                        Arguments.of(shape, WasmEngineMode.COMPILED, true))),
        Stream.of(Shape.TAIL_CALLS_OF_TWO, Shape.CATCH, Shape.MEMORY_FILL)
            .flatMap(
                shape ->
                    Stream.of(
                        Arguments.of(shape, WasmEngineMode.TIERED, true),
                        Arguments.of(shape, WasmEngineMode.BY_USE, true))));
  }

  @ParameterizedTest(name = "{0}, {1}, too large to be compiled: {2}")
  @MethodSource("shapes")
  void guestCodeEndsSoonAfterItsDeadline(Shape shape, WasmEngineMode mode, boolean big) {
    TestEngines.assumeRuns(shape.module(big));
    if (big) {
      TestEngines.assumeInterpreter();
    }
    this.runtime.with(
        WasmModuleDescriptor.builder("late")
            .location(this.runtime.bytes.put("late", shape.module(big)))
            .settings(
                settings ->
                    settings
                        .engineMode(mode)
                        .pool(pool -> pool.min(0).max(1))
                        .limits(limits -> limits.tableElements(2 * ELEMENTS))));
    this.runtime.manager.warmUp("late");
    long start = System.nanoTime();

    WasmException failure =
        failure(
            () ->
                this.runtime
                    .manager
                    .module("late")
                    .operation("f")
                    .timeout(Duration.ofMillis(100))
                    .retrieve(int.class));

    assertThat(failure.category()).as("%s", failure).isIn((Object[]) shape.expected());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
