package io.github.wasmspring.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.List;
import java.util.Objects;

/** An instance of a few bytes that others import from, by the module name {@code a}. */
public record LinkedGuest(WasmCode code, WasmInstance instance) implements AutoCloseable {

  public static LinkedGuest start(ModuleMaker module, WasmProvidedImport... imports) {
    return start(module, Limits.DEFAULTS, MemoryCharge.NONE, imports);
  }

  public static LinkedGuest start(
      ModuleMaker module, Limits limits, MemoryCharge charge, WasmProvidedImport... imports) {
    byte[] bytes = module.bytes();
    TestEngines.assumeRuns(bytes);
    WasmCode code =
        TestEngines.create()
            .compile(new WasmBinary(bytes, "digest", "a test"), WasmEngineMode.COMPILED);
    return new LinkedGuest(code, code.instantiate(List.of(imports), limits, charge, true));
  }

  /** Skips a test with engines that can't link such things. */
  public static void assumeLinks(WasmExternalKind kind) {
    assumeThat(TestEngines.create().linkable())
        .as("The engine %s links a %s", TestEngines.NAME, kind)
        .contains(kind);
  }

  /** What it exports, for an import {@code a.export}. */
  public WasmLinkedImport give(String export) {
    return new WasmLinkedImport("a", export, this.instance.external(export));
  }

  public long[] call(String export, long... arguments) {
    int index = Objects.requireNonNull(this.code.exports().get(export)).index();
    return this.instance.call(index, arguments);
  }

  @Override
  public void close() {
    this.instance.close();
  }
}
