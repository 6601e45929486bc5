package io.github.wasmspring.verification.engines;

import java.util.List;
import java.util.function.Supplier;

/** An implementation of WebAssembly. */
interface ModuleRunner extends AutoCloseable {

  String name();

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
