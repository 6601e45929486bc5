package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.engine.WasmSnapshot;
import io.github.wasmspring.internal.pool.HeapProbe;
import io.github.wasmspring.internal.pool.InstanceMaker;
import io.github.wasmspring.internal.sandbox.GuestProgram;
import io.github.wasmspring.internal.sandbox.GuestStack;
import io.github.wasmspring.internal.sandbox.GuestThreadFactory;
import io.github.wasmspring.internal.sandbox.ModuleMemory;
import io.github.wasmspring.internal.sandbox.Sandbox;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What the instances of a module are made of.
 *
 * @param imports what each is given
 * @param instances with those of the modules that it imports from
 * @param resettable whether they will be reset
 * @param meter counts what interpreted ones do, {@code null} if nobody is to know
 * @param program what they run, {@code null} if nobody is to know
 */
record InstanceSupply(
    WasmModuleDescriptor module,
    WasmCode code,
    Collection<WasmProvidedImport> imports,
    LinkedInstances instances,
    boolean resettable,
    GuestThreadFactory threads,
    @Nullable UseCounter meter,
    ModuleMemory memory,
    @Nullable GuestProgram program,
    Sandbox sandbox) {

  /**
   * @param from what they begin with, {@code null} to let each start by itself
   */
  InstanceMaker maker(@Nullable WasmSnapshot from) {
    Limits limits = this.module.settings().limits();
    return new InstanceMaker(
        new InstanceMaker.Source(
            this.memory,
            this.instances.footprint(this.code),
            HeapProbe.of(this.module.id(), this.code),
            charge -> from == null ? start(charge) : begin(charge, from),
            () -> limits.stack() == 0 ? null : new GuestStack(this.module.id(), limits.stack()),
            this.threads::running,
            this.program),
        this.module.settings().pool().borrowTimeout(),
        limits.timeout(),
        this.sandbox.watchdog(),
        this.sandbox.budget());
  }

  private WasmInstance start(MemoryCharge charge) {
    String first = StartFunction.of(this.module, this.code);
    return this.instances.make(
        charge,
        this.resettable,
        (given, payer) ->
            metered(
                this.code.instantiate(
                    given,
                    this.module.settings().limits(),
                    payer,
                    this.resettable,
                    this.threads,
                    first)));
  }

  private WasmInstance begin(MemoryCharge charge, WasmSnapshot from) {
    return metered(
        this.code.instantiate(
            this.imports, this.module.settings().limits(), charge, this.threads, from));
  }

  private WasmInstance metered(WasmInstance instance) {
    return this.meter == null ? instance : new MeteredInstance(instance, this.meter);
  }
}
