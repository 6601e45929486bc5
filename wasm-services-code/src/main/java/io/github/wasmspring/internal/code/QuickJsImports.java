package io.github.wasmspring.internal.code;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmImportDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All that the module imports. Of WASI it gets a clock, and nothing else: no files, no streams, no
 * network.
 */
final class QuickJsImports {

  private static final String ENV = "env";
  private static final String WASI = "wasi_snapshot_preview1";
  private static final long SUCCESS = 0;
  private static final long BAD_DESCRIPTOR = 8;
  private static final long NOT_SUPPORTED = 52;
  private static final int REALTIME = 0;
  private static final int MONOTONIC = 1;

  /** What an import does. */
  private interface Action {
    long run(WasmCaller caller, QuickJsState state, long[] arguments);
  }

  private QuickJsImports() {}

  static WasmImportDefinition[] all() {
    List<WasmImportDefinition> all = new ArrayList<>();
    all.add(of(ENV, "host_call", "iiiii", QuickJsHostCalls::call));
    all.add(of(ENV, "host_interrupt", "", (caller, state, given) -> state.isLate() ? 1 : 0));
    all.add(of(ENV, "host_module_normalize", "ii", QuickJsModuleCalls::normalize));
    all.add(of(ENV, "host_module_load", "ii", QuickJsModuleCalls::load));
    all.add(
        of(
            ENV,
            "host_get_timezone_offset",
            "ii",
            (caller, state, given) ->
                state.offsetSeconds(given[0] << Integer.SIZE | given[1] & 0xffffffffL)));
    all.add(
        new WasmImportDefinition(
            ENV,
            "host_promise_rejection",
            new WasmFunctionType(types("iii"), List.of()),
            (caller, given) -> new long[0]));
    all.add(of(WASI, "clock_time_get", "ili", QuickJsImports::clock));
    all.add(of(WASI, "random_get", "ii", (caller, state, given) -> NOT_SUPPORTED));
    all.add(of(WASI, "fd_close", "i", (caller, state, given) -> BAD_DESCRIPTOR));
    all.add(of(WASI, "fd_fdstat_get", "ii", (caller, state, given) -> BAD_DESCRIPTOR));
    all.add(of(WASI, "fd_seek", "ilii", (caller, state, given) -> BAD_DESCRIPTOR));
    all.add(of(WASI, "fd_write", "iiii", (caller, state, given) -> BAD_DESCRIPTOR));
    return all.toArray(WasmImportDefinition[]::new);
  }

  private static WasmImportDefinition of(
      String module, String name, String parameters, Action action) {
    return new WasmImportDefinition(
        module,
        name,
        new WasmFunctionType(types(parameters), List.of(WasmValueType.I32)),
        (caller, arguments) ->
            new long[] {
              action.run(caller, caller.attribute(QuickJsState.class, QuickJsState::new), arguments)
            });
  }

  /**
   * @param letters i for {@code i32}, l for {@code i64}
   */
  private static List<WasmValueType> types(String letters) {
    return letters
        .chars()
        .mapToObj(letter -> letter == 'i' ? WasmValueType.I32 : WasmValueType.I64)
        .toList();
  }

  private static long clock(WasmCaller caller, QuickJsState state, long[] given) {
    if (given[0] != REALTIME && given[0] != MONOTONIC) {
      return NOT_SUPPORTED;
    }
    WasmMemory memory = Objects.requireNonNull(caller.memory());
    memory.writeLong(
        (int) given[2], given[0] == REALTIME ? state.wallNanos() : state.monotonicNanos());
    return SUCCESS;
  }
}
