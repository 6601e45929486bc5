package io.github.wasmspring.bundle.crypto;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.List;

/** The module without its fallback, as always in a session, and the fallback without the module. */
final class CryptoSides implements AutoCloseable {

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();
  final WasmSession session = this.runtime.manager().open("crypto");
  final Crypto wasm = this.session.bind(Crypto.class);
  final Crypto java = new Crypto() {};
  final List<Crypto> both = List.of(this.wasm, this.java);

  WasmModuleManager manager() {
    return this.runtime.manager();
  }

  @Override
  public void close() {
    this.session.close();
    this.runtime.close();
  }
}
