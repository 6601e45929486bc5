package io.github.wasmspring.internal.client;

import io.github.wasmspring.internal.prepare.PreparedModule;

/** Keeps something of the code that a module runs, or of what is known of it. */
interface CodeHolder {

  /**
   * Lets go of what it keeps of code that nobody calls any more. It may come to it once more
   * afterwards, and sees then that the pool of the code is closed.
   */
  void forget(PreparedModule gone);

  /** The module has another descriptor, or this is the first that is heard of it. */
  default void follow() {}
}
