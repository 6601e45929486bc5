package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.event.WasmWork;
import io.github.wasmspring.internal.load.WorkProgress;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles in the background what would be compiled when it is first called. */
final class RestOfCode implements Runnable {

  private static final Logger logger = LoggerFactory.getLogger(RestOfCode.class);

  private final WasmModuleDescriptor module;
  private final WasmCode code;
  private final WasmEventPublisher events;

  RestOfCode(WasmModuleDescriptor module, WasmCode code, WasmEventPublisher events) {
    this.module = module;
    this.code = code;
    this.events = events;
  }

  @Override
  public void run() {
    WorkProgress progress = new WorkProgress(this.events, WasmWork.COMPILE);
    AtomicInteger parts = new AtomicInteger();
    try {
      this.code.compileAll(
          (done, total) -> {
            parts.set(total);
            progress.advance(this.module.id(), this.module.version(), done, total);
            return !Thread.currentThread().isInterrupted();
          });
    } catch (RuntimeException | LinkageError | VirtualMachineError failure) {
      logger.warn(
          "Not all functions of WebAssembly module {} could be compiled in the background: {}; those are compiled when they are called",
          this.module,
          failure.toString());
    } finally {
      progress.end(this.module.id(), this.module.version(), parts.get());
    }
  }
}
