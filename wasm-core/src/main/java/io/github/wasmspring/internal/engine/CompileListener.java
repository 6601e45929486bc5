package io.github.wasmspring.internal.engine;

import io.github.wasmspring.engine.WasmCode;
import java.time.Duration;

/**
 * Told when a module has been compiled to bytecode, by the thread that has done it; not when the
 * code was found ready.
 */
public interface CompileListener {

  /** Tells nobody. */
  CompileListener NONE =
      new CompileListener() {
        @Override
        public void compiled(WasmCode code, Duration duration) {}

        @Override
        public void failed(Throwable failure, Duration duration) {}
      };

  /** Compiling begins, on this thread. */
  default void begun() {}

  void compiled(WasmCode code, Duration duration);

  void failed(Throwable failure, Duration duration);
}
