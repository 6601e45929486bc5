package io.github.wasmspring.autoconfigure.endpoint;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import org.jspecify.annotations.Nullable;

/**
 * What all modules share.
 *
 * @param codeStore compiled code on disk, {@code null} if none is kept there
 */
public record SharedResources(
    WasmEngine engine,
    CompiledModuleCache cache,
    @Nullable CompiledCodeStore codeStore,
    MemoryBudget budget) {

  /** Of all modules, those of other applications that share the directory among them. */
  void forgetAllCode() {
    this.cache.invalidateAll();
    if (this.codeStore != null) {
      this.codeStore.clear();
    }
  }

  /** Modules that use the code keep it until they are loaded again. */
  void forgetCode(String digest) {
    this.cache.invalidate(digest);
    if (this.codeStore != null) {
      this.codeStore.invalidate(digest);
    }
  }
}
