package io.github.wasmspring.verification.fuzz;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import java.util.Set;

/** Runs what may fail, but only as documented. */
final class Expected {

  private Expected() {}

  /**
   * Whether it came to its end.
   *
   * @throws AssertionError if it fails in a category that is not expected of it
   */
  static boolean failures(Set<WasmErrorCategory> expected, Runnable action) {
    try {
      action.run();
      return true;
    } catch (WasmException failure) {
      if (!expected.contains(failure.category())) {
        throw new AssertionError(
            "unexpected category " + failure.category() + ": " + failure.getMessage(), failure);
      }
      return false;
    } finally {
      if (Thread.interrupted()) {
        throw new AssertionError("the interrupt flag was left behind");
      }
    }
  }
}
