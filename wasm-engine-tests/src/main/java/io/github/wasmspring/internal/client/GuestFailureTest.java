package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GuestFailureTest {

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void trouble(WasmEngineMode mode) {
    this.runtime.with(guest("trouble").settings(settings -> settings.engineMode(mode)));
  }

  private void call(String operation, Object... arguments) {
    this.runtime
        .manager
        .module("trouble")
        .operation(operation)
        .arguments(arguments)
        .retrieve(void.class);
  }

  static Stream<Arguments> traps() {
    List<Object[]> calls =
        List.of(
            new Object[] {"unreachable_op"},
            new Object[] {"divide", 1, 0},
            new Object[] {"divide", Integer.MIN_VALUE, -1},
            new Object[] {"truncate", 1e300},
            new Object[] {"truncate", Double.NaN},
            new Object[] {"load", 65533},
            new Object[] {"load", -1},
            new Object[] {"load", Integer.MIN_VALUE},
            new Object[] {"load_far", 0},
            new Object[] {"load_far", 16},
            new Object[] {"load_far", -1},
            new Object[] {"load_near", -16},
            new Object[] {"load_near", -8},
            new Object[] {"load_near", 65536 - 23},
            new Object[] {"load_near", Integer.MAX_VALUE},
            new Object[] {"store", 65529},
            new Object[] {"fill", 65535, 2},
            new Object[] {"fill", 0, -1},
            new Object[] {"copy", 0, 65535, 2},
            new Object[] {"copy", -1, 0, 2},
            new Object[] {"indirect", 0},
            new Object[] {"indirect", 1},
            new Object[] {"indirect", 2},
            new Object[] {"indirect", -1});
    return Arrays.stream(WasmEngineMode.values())
        .flatMap(
            mode ->
                calls.stream()
                    .map(
                        call ->
                            Arguments.of(mode, call[0], Arrays.copyOfRange(call, 1, call.length))));
  }

  @ParameterizedTest
  @MethodSource("traps")
  void aTrapIsATrapInEveryEngineMode(WasmEngineMode mode, String operation, Object[] arguments) {
    trouble(mode);

    WasmException failure =
        failure(
            WasmErrorCategory.TRAP,
            () ->
                this.runtime
                    .manager
                    .module("trouble")
                    .operation(operation)
                    .arguments(arguments)
                    .retrieve(returnType(operation)));

    assertThat(failure.module()).isEqualTo("trouble");
    assertThat(failure.operation()).isEqualTo(operation);
    assertThat(failure.engine()).startsWith(TestEngines.create().name() + "-");
    assertThat(failure).hasMessageContaining("the guest trapped");
  }

  private static Class<?> returnType(String operation) {
    return switch (operation) {
      case "unreachable_op", "store", "fill", "copy" -> void.class;
      case "load_far", "load_near" -> long.class;
      default -> int.class;
    };
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void endlessRecursionIsAStackOverflowAndTheNextCallWorks(WasmEngineMode mode) {
    trouble(mode);

    failure(
        WasmErrorCategory.STACK_OVERFLOW,
        () ->
            this.runtime
                .manager
                .module("trouble")
                .operation("recurse")
                .input(0)
                .retrieve(int.class));

    assertThat(
            this.runtime
                .manager
                .module("trouble")
                .operation("add")
                .arguments(20, 22)
                .retrieve(int.class)
                .value())
        .isEqualTo(42);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void growingBeyondTheHeapFailsInsideTheGuestOnly(WasmEngineMode mode) {
    this.runtime.with(
        guest("trouble")
            .settings(
                settings -> settings.engineMode(mode).limits(limits -> limits.memory(2L << 30))));

    assertThat(
            this.runtime
                .manager
                .module("trouble")
                .operation("grow")
                .input(40_000)
                .retrieve(int.class)
                .value())
        .isEqualTo(-1);
  }

  @Test
  void aStartFunctionThatTrapsIsAFailureOfInstantiation() {
    this.runtime.with(guest("start-traps"));

    failure(WasmErrorCategory.INSTANTIATION, () -> this.runtime.manager.open("start-traps"));
  }

  @Test
  void aDataSegmentOutsideTheMemoryIsAFailureOfInstantiation() {
    this.runtime.with(guest("data-outside"));

    assertThat(
            failure(
                WasmErrorCategory.INSTANTIATION, () -> this.runtime.manager.open("data-outside")))
        .hasMessageContaining("out of bounds memory access");
  }

  @Test
  void aDamagedModuleNamesItself() {
    byte[] bytes = Arrays.copyOf(Guests.bytes("buffer"), 300);
    this.runtime.with(
        WasmModuleDescriptor.builder("damaged").location(this.runtime.bytes.put("d", bytes)));

    WasmException failure = failure(() -> this.runtime.manager.open("damaged"));

    assertThat(failure.category()).isIn(WasmErrorCategory.MALFORMED, WasmErrorCategory.INVALID);
    assertThat(failure).hasMessageContaining("module 'damaged' 1.0.0");
  }
}
