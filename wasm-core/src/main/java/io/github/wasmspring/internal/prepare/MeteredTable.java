package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.WasmTableType;
import org.jspecify.annotations.Nullable;

/** A table of a {@link MeteredInstance}. */
record MeteredTable(WasmTable table, UseCounter meter) implements WasmTable {

  @Override
  public WasmTableType type() {
    return this.table.type();
  }

  @Override
  public int size() {
    return this.table.size();
  }

  @Override
  public boolean isNull(int index) {
    return this.table.isNull(index);
  }

  @Override
  public @Nullable WasmFunctionType functionType(int index) {
    return this.table.functionType(index);
  }

  @Override
  public long[] call(int index, long... arguments) {
    long start = System.nanoTime();
    try {
      return this.table.call(index, arguments);
    } finally {
      this.meter.used(System.nanoTime() - start);
    }
  }
}
