package io.github.wasmspring.autoconfigure.endpoint;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import org.jspecify.annotations.Nullable;

/**
 * Where compiled code is kept.
 *
 * @param disk {@code null} if none is kept there
 */
record CodeCaches(CompiledModuleCache memory, @Nullable CompiledCodeStore disk) {

  /** Modules that use the code keep it until they are loaded again. */
  void forget(String digest) {
    this.memory.invalidate(digest);
    if (this.disk != null) {
      this.disk.invalidate(digest);
    }
  }
}
