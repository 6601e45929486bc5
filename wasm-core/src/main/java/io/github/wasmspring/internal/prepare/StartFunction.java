package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.internal.wasi.WasiImports;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function {@code _start} of a module that exports others too, as TinyGo and wasi-libc build by
 * default. It sets up what the others need. In a WASI command it is the program itself, which runs
 * when it is called.
 */
final class StartFunction {

  private static final Logger logger = LoggerFactory.getLogger(StartFunction.class);

  private static final String NAME = "_start";
  private static final String INITIALIZE = "_initialize";
  private static final String COMMAND = "wasi-command";
  private static final WasmFunctionType TYPE = new WasmFunctionType(List.of(), List.of());

  private StartFunction() {}

  /** What is to be run once in each instance, {@code null} for nothing. */
  static @Nullable String of(WasmModuleDescriptor module, WasmCode code) {
    WasmExportedFunction start = code.exports().get(NAME);
    if (start == null
        || !start.type().equals(TYPE)
        || code.exports().size() == 1
        || code.exports().containsKey(INITIALIZE)) {
      return null;
    }
    if (!isCommand(module, code)) {
      return NAME;
    }
    logger.info(
        "WebAssembly module {} is a WASI command, whose _start is run when it is called, and not before other functions that it exports; for those, set wasm.modules.{}.convention to buffer or scalar, so that _start is run once in each instance, or build the module as a reactor (clang: -mexec-model=reactor, Rust: crate-type cdylib, TinyGo: -buildmode=c-shared)",
        module,
        module.id());
    return null;
  }

  /** By the same signs as the convention of that name. */
  private static boolean isCommand(WasmModuleDescriptor module, WasmCode code) {
    String convention = module.convention();
    return convention != null
        ? convention.equals(COMMAND)
        : code.imports().stream().anyMatch(WasiImports::isWasi)
            && !code.exports().containsKey("wasm_alloc");
  }
}
