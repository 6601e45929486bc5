package io.github.wasmspring.verification.hostile;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One hostile call.
 *
 * @param name of what it does, for people
 * @param expected the category in which it must end
 */
public record Attack(
    String name,
    String module,
    String operation,
    Class<?> result,
    WasmErrorCategory expected,
    Object... arguments) {

  /** For what ends by itself, however seldom a busy machine gives it a core. */
  private static final Duration UNLIMITED = Duration.ofMinutes(2);

  /** One or more of each kind. */
  public static final List<Attack> ALL =
      List.of(
          attack("endless loop", "loops", "spin", WasmErrorCategory.TIMEOUT),
          attack("endless loop with calls", "loops", "spin_with_calls", WasmErrorCategory.TIMEOUT),
          attack(
              "endless loop with host calls",
              "loops",
              "spin_with_host_calls",
              WasmErrorCategory.TIMEOUT),
          attack(
              "endless loop over its memory", "loops", "spin_in_memory", WasmErrorCategory.TIMEOUT),
          attack(
              "endless loop that grows", "loops", "spin_while_growing", WasmErrorCategory.TIMEOUT),
          attack("wait in a host function", "loops", "wait_in_host", WasmErrorCategory.TIMEOUT),
          typed("wait for a wake-up", "wait", "wait", int.class, WasmErrorCategory.TIMEOUT),
          typed("recursion", "recursion", "deep", int.class, WasmErrorCategory.STACK_OVERFLOW, 0),
          typed(
              "recursion through a table",
              "recursion",
              "indirect",
              int.class,
              WasmErrorCategory.STACK_OVERFLOW,
              0),
          typed(
              "recursion through the host",
              "recursion",
              "reenter",
              int.class,
              WasmErrorCategory.STACK_OVERFLOW,
              0),
          attack("memory bomb", "storage", "memory_bomb", WasmErrorCategory.TRAP, 1),
          attack(
              "memory bomb that is filled",
              "storage",
              "filled_memory_bomb",
              WasmErrorCategory.TRAP),
          attack("table bomb", "storage", "table_bomb", WasmErrorCategory.TRAP, 100),
          typed(
              "result at 2³²−1",
              "results",
              "raw",
              byte[].class,
              WasmErrorCategory.TRAP,
              0xffffffff00000008L),
          typed(
              "result longer than its memory",
              "results",
              "raw",
              String.class,
              WasmErrorCategory.TRAP,
              0x7fffffffL),
          typed("huge result", "results", "huge", byte[].class, WasmErrorCategory.MEMORY_LIMIT, 32),
          typed("JSON without end", "results", "nested", List.class, WasmErrorCategory.TRAP),
          typed("broken UTF-8", "results", "broken_text", String.class, WasmErrorCategory.TRAP),
          typed("broken error", "results", "broken_error", Map.class, WasmErrorCategory.TRAP),
          typed(
              "trap in the allocator",
              "allocator",
              "take",
              int.class,
              WasmErrorCategory.TRAP,
              (Object) new byte[1]),
          typed(
              "allocator without room",
              "allocator",
              "take",
              int.class,
              WasmErrorCategory.MEMORY_LIMIT,
              (Object) new byte[4]),
          typed(
              "endless loop in the allocator",
              "allocator",
              "take",
              int.class,
              WasmErrorCategory.TIMEOUT,
              (Object) new byte[3]),
          attack(
              "lies to a host function",
              "host-calls",
              "read",
              WasmErrorCategory.HOST_FUNCTION,
              -1,
              1),
          attack("provoked host exception", "host-calls", "fail", WasmErrorCategory.HOST_FUNCTION));

  private static Attack attack(
      String name,
      String module,
      String operation,
      WasmErrorCategory expected,
      Object... arguments) {
    return typed(name, module, operation, void.class, expected, arguments);
  }

  private static Attack typed(
      String name,
      String module,
      String operation,
      Class<?> result,
      WasmErrorCategory expected,
      Object... arguments) {
    return new Attack(name, HostileModules.PREFIX + module, operation, result, expected, arguments);
  }

  /**
   * Makes the call.
   *
   * @param deadline of what would never end
   * @return the failure in which it ended, {@code null} if it came back
   */
  public @Nullable WasmException perform(WasmModuleManager manager, Duration deadline) {
    try {
      manager
          .module(this.module)
          .operation(this.operation)
          .arguments(this.arguments)
          .timeout(this.expected == WasmErrorCategory.TIMEOUT ? deadline : UNLIMITED)
          .retrieve(this.result);
      return null;
    } catch (WasmException failure) {
      return failure;
    }
  }

  @Override
  public String toString() {
    return "%s (%s.%s%s)"
        .formatted(this.name, this.module, this.operation, Arrays.toString(this.arguments));
  }
}
