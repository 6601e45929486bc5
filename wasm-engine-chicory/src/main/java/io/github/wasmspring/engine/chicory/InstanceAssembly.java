package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableFactory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.wasmspring.internal.engine.GuestThreads;
import io.github.wasmspring.internal.engine.HostStackRoom;
import io.github.wasmspring.internal.engine.ThreadImport;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts together what Chicory calls an instance: one for the caller, and one for each thread. */
final class InstanceAssembly {

  private final WasmModule module;
  private final Function<Instance, Machine> machineFactory;
  private final ProvidedImports provided;
  private final InstanceStorage storage;
  private @Nullable ChicoryInstance owner;

  /**
   * @param provided what the module imports
   */
  InstanceAssembly(
      WasmModule module,
      Function<Instance, Machine> machineFactory,
      ProvidedImports provided,
      InstanceStorage storage) {
    this.module = module;
    this.machineFactory = machineFactory;
    this.provided = provided;
    this.storage = storage;
  }

  /** The first one, for {@code owner}. */
  Instance forCaller(ChicoryInstance owner, @Nullable GuestThreads threads) {
    this.owner = owner;
    return build(owner, threads, this.storage::newMemory, this.storage::newTable);
  }

  Instance forThread(GuestThreads threads) {
    return build(
        Objects.requireNonNull(this.owner),
        threads,
        declared -> this.storage.memoryOfThread(),
        this.storage::tableOfThread);
  }

  private Instance build(
      ChicoryInstance owner,
      @Nullable GuestThreads threads,
      Function<MemoryLimits, Memory> memoryFactory,
      TableFactory tableFactory) {
    return Instance.builder(this.module)
        .withMachineFactory(this.machineFactory)
        .withMemoryFactory(memoryFactory)
        .withTableFactory(tableFactory)
        .withImportValues(imports(owner, threads, memoryFactory, tableFactory))
        .withUnsafeExecutionListener(new InterpreterGuard())
        .withStart(false)
        .build();
  }

  private ImportValues imports(
      ChicoryInstance owner,
      @Nullable GuestThreads threads,
      Function<MemoryLimits, Memory> memoryFactory,
      TableFactory tableFactory) {
    ImportValues.Builder values = ImportValues.builder();
    this.provided.addTo(
        values, function -> new HostCall(function, owner, threads), memoryFactory, tableFactory);
    if (threads != null) {
      values.addFunction(threadSpawn(threads));
    }
    return values.build();
  }

  private static ImportFunction threadSpawn(GuestThreads threads) {
    return new ImportFunction(
        ThreadImport.MODULE,
        ThreadImport.NAME,
        ChicoryTypes.functionType(ThreadImport.TYPE),
        (instance, arguments) -> {
          HostStackRoom.require();
          return new long[] {threads.start((int) arguments[0])};
        });
  }
}
