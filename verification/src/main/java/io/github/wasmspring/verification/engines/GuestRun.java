package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ValueType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls of a module that are made one after the other on an instance of it. The module exports what
 * {@link MadeModule} does.
 */
record GuestRun(byte[] module, List<PlannedCall> calls) {

  /** How many loops and calls of functions each call may make. */
  static final int FUEL = 60;

  private static final int CALLS_BETWEEN_STATES = 10;

  private static final List<ValueType> NUMBERS =
      List.of(ValueType.I32, ValueType.I64, ValueType.F32, ValueType.F64);

  /** Whether all that can be seen of the instance is compared after this call. */
  boolean isStateSeen(int call) {
    return call % CALLS_BETWEEN_STATES == CALLS_BETWEEN_STATES - 1 || call == this.calls.size() - 1;
  }

  /** The exported globals by name. */
  Map<String, GuestType> globals() {
    Map<String, GuestType> globals = new TreeMap<>();
    for (ModuleExport each : ModuleFacts.of(this.module).exports()) {
      if (each.type() instanceof ExternalType.Global global) {
        globals.put(each.name(), GuestType.NUMBERS.get(NUMBERS.indexOf(global.value())));
      }
    }
    return globals;
  }

  int tables() {
    return ModuleFacts.of(this.module).tables().size();
  }

  int memories() {
    return ModuleFacts.of(this.module).memories().size();
  }

  GuestRun with(List<PlannedCall> others) {
    return new GuestRun(this.module, others);
  }
}
