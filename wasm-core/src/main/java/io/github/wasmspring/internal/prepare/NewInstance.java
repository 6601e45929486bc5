package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.engine.GuardedGlobal;
import io.github.wasmspring.internal.engine.GuardedMemory;
import io.github.wasmspring.internal.engine.GuardedTable;
import io.github.wasmspring.internal.engine.RawArguments;
import io.github.wasmspring.internal.pool.PooledInstance;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmNewInstance;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The instance that a callback prepares, for as long as it runs. */
final class NewInstance implements WasmNewInstance {

  private final WasmModuleDescriptor module;
  private final WasmCode code;
  private final WasmCallConventions conventions;
  private final PooledInstance instance;
  private volatile boolean closed;

  NewInstance(
      WasmModuleDescriptor module,
      WasmCode code,
      WasmCallConventions conventions,
      PooledInstance instance) {
    this.module = module;
    this.code = code;
    this.conventions = conventions;
    this.instance = instance;
  }

  @Override
  public <T> @Nullable T execute(String operation, Class<T> answer, @Nullable Object... arguments) {
    requireOpen();
    WasmCallConvention convention = this.conventions.of(this.module.convention(), this.code);
    List<WasmParameter> parameters = new ArrayList<>();
    for (Object argument : arguments) {
      Class<?> type = argument == null ? Object.class : argument.getClass();
      parameters.add(new WasmParameter("argument" + (parameters.size() + 1), type));
    }
    Object result =
        convention
            .plan(
                this.code,
                new WasmOperation(operation, operation, parameters, answer),
                this.module.settings().limits())
            .invoke(this.instance, arguments);
    @SuppressWarnings("unchecked") // a convention answers with what the operation declares
    T typed = (T) result;
    return typed;
  }

  @Override
  public long[] call(String export, long... arguments) {
    requireOpen();
    WasmExportedFunction function = this.code.exports().get(export);
    if (function == null) {
      throw new NoSuchElementException("The module exports no function '" + export + "'");
    }
    RawArguments.check(function.describe(), function.type(), arguments);
    return this.instance.call(function.index(), arguments);
  }

  @Override
  public @Nullable WasmMemory memory() {
    requireOpen();
    WasmMemory memory = this.instance.memory();
    return memory == null ? null : new GuardedMemory(memory, this::requireOpen);
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    requireOpen();
    return this.instance.attribute(type, initial);
  }

  @Override
  public WasmGlobal global(String export) {
    requireOpen();
    return new GuardedGlobal(this.instance.instance().global(export), this::requireOpen);
  }

  @Override
  public WasmTable table(String export) {
    requireOpen();
    WasmTable table = this.instance.instance().table(export);
    return new GuardedTable(export, this.module.toString(), table, this::requireOpen, table::call);
  }

  private void requireOpen() {
    if (this.closed) {
      throw new IllegalStateException(
          "The instance of module '%s' has been prepared, and can't be used any more"
              .formatted(this.module.id()));
    }
  }

  void close() {
    this.closed = true;
  }
}
