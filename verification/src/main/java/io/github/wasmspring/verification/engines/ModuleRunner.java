package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.WasmFeature;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** An implementation of WebAssembly. */
interface ModuleRunner extends AutoCloseable {

  String name();

  /** Whether it runs modules that need these. */
  boolean has(Set<WasmFeature> features);

  /**
   * Begins to run, at the latest when the answers are asked for.
   *
   * @return one line for each call, with one for the state of the instance after some of them, or
   *     only one if there is no instance; the same on all implementations
   */
  Supplier<List<String>> start(GuestRun run);

  @Override
  default void close() {}
}
