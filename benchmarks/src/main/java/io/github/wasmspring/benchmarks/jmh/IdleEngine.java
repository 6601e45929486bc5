package io.github.wasmspring.benchmarks.jmh;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine whose instances do nothing, so that what is around them can be measured alone. */
final class IdleEngine implements WasmEngine {

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
    return new IdleCode();
  }

  @Override
  public WasmCode precompiled(String className, ClassLoader classLoader) {
    return new IdleCode();
  }

  private static final class IdleCode implements WasmCode {

    @Override
    public String engine() {
      return "idle";
    }

    @Override
    public WasmCodeKind kind() {
      return WasmCodeKind.COMPILED;
    }

    @Override
    public Map<String, WasmExportedFunction> exports() {
      return Map.of();
    }

    @Override
    public List<WasmImportedItem> imports() {
      return List.of();
    }

    @Override
    public boolean hasMemory() {
      return false;
    }

    @Override
    public long footprint(Limits limits) {
      return 0;
    }

    @Override
    public int weight() {
      return 1;
    }

    @Override
    public void check(Collection<? extends WasmProvidedImport> imports, Limits limits) {}

    @Override
    public WasmInstance instantiate(
        Collection<? extends WasmProvidedImport> imports,
        Limits limits,
        MemoryCharge charge,
        boolean resettable,
        ThreadFactory threads) {
      return new IdleInstance();
    }
  }

  private static final class IdleInstance implements WasmInstance {

    @Override
    public long[] call(int function, long... arguments) {
      return arguments;
    }

    @Override
    public @Nullable WasmMemory memory() {
      return null;
    }

    @Override
    public long memorySize() {
      return 65536;
    }

    @Override
    public <T> T attribute(Class<T> type, Supplier<T> initial) {
      return initial.get();
    }

    @Override
    public boolean reset() {
      return true;
    }

    @Override
    public void close() {}
  }
}
