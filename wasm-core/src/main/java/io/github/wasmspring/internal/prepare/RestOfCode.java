package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles in the background what would be compiled when it is first called. */
final class RestOfCode implements Runnable {

  private static final Logger logger = LoggerFactory.getLogger(RestOfCode.class);

  private final WasmModuleDescriptor module;
  private final WasmCode code;

  RestOfCode(WasmModuleDescriptor module, WasmCode code) {
    this.module = module;
    this.code = code;
  }

  @Override
  public void run() {
    try {
      this.code.compileAll(() -> !Thread.currentThread().isInterrupted());
    } catch (RuntimeException | LinkageError | VirtualMachineError failure) {
      logger.warn(
          "Not all functions of WebAssembly module {} could be compiled in the background: {}; those are compiled when they are called",
          this.module,
          failure.toString());
    }
  }
}
