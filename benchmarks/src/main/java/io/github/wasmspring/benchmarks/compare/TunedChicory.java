package io.github.wasmspring.benchmarks.compare;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.util.Set;
import java.util.function.Function;

/** Chicory by hand at its best: on the contiguous memory of this runtime. */
public final class TunedChicory implements RawEngine {

  @Override
  public Set<String> names() {
    return Set.of("chicory-tuned");
  }

  @Override
  public RawModule load(ModuleFile file) {
    WasmModule parsed = Parser.parse(file.bytes());
    return module(parsed, MachineFactoryCompiler.compile(parsed));
  }

  private static RawModule module(WasmModule module, Function<Instance, Machine> machines) {
    return () ->
        new ChicoryGuest(
            Instance.builder(module)
                .withMachineFactory(machines)
                .withMemoryFactory(OwnMemory::of)
                .build());
  }
}
