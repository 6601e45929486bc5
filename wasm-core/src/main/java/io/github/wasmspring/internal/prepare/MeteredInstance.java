package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.engine.WasmSnapshot;
import io.github.wasmspring.module.WasmExternalValue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An interpreted instance whose calls are counted; what is compiled already is never wrapped. */
record MeteredInstance(WasmInstance instance, UseCounter meter) implements WasmInstance {

  @Override
  public long[] call(int function, long... arguments) {
    long start = System.nanoTime();
    try {
      return this.instance.call(function, arguments);
    } finally {
      this.meter.used(System.nanoTime() - start);
    }
  }

  @Override
  public @Nullable WasmMemory memory() {
    return this.instance.memory();
  }

  @Override
  public WasmGlobal global(String export) {
    return this.instance.global(export);
  }

  @Override
  public WasmTable table(String export) {
    return new MeteredTable(this.instance.table(export), this.meter);
  }

  @Override
  public WasmExternalValue external(String export) {
    return this.instance.external(export);
  }

  @Override
  public long memorySize() {
    return this.instance.memorySize();
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    return this.instance.attribute(type, initial);
  }

  @Override
  public boolean remember() {
    return this.instance.remember();
  }

  @Override
  public WasmSnapshot snapshot() {
    return this.instance.snapshot();
  }

  @Override
  public byte @Nullable [] save() {
    return this.instance.save();
  }

  @Override
  public boolean load(byte[] state) {
    return this.instance.load(state);
  }

  @Override
  public boolean reset() {
    return this.instance.reset();
  }

  @Override
  public void close() {
    this.instance.close();
  }
}
