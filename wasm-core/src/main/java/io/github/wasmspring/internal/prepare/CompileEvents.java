package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.engine.CompileListener;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.time.Duration;

/**
 * Publishes how long compiling a module has taken.
 *
 * @param background whether nobody waits for it
 */
record CompileEvents(WasmModuleDescriptor module, WasmEventPublisher events, boolean background)
    implements CompileListener {

  @Override
  public void compiled(WasmCode code, Duration duration) {
    this.events.publish(
        new WasmEvent.ModuleCompiled(
            this.module.id(), this.module.version(), code.engine(), this.background, duration));
  }

  @Override
  public void failed(Throwable failure, Duration duration) {
    this.events.publish(
        new WasmEvent.CompilationFailed(
            this.module.id(),
            this.module.version(),
            failure instanceof WasmException known ? known.category() : WasmErrorCategory.ENGINE,
            failure instanceof WasmException known ? known.detail() : failure.toString(),
            this.background,
            duration));
  }
}
