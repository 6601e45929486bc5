package io.github.wasmspring.engine;

/** Told how far the compilation of a module is. */
@FunctionalInterface
public interface WasmCompileProgress {

  /**
   * Asked again and again.
   *
   * @param done how many parts are compiled
   * @param total how many parts there are, as large as the engine likes
   * @return whether to go on
   */
  boolean compiled(int done, int total);
}
