package io.github.wasmspring.benchmarks.compare;

import java.util.function.Supplier;

/** A kernel that has given the right answer once, and whose every answer is used. */
final class KernelTask {

  private KernelTask() {}

  /** For answers that a module gives: all engines agree on them to the byte. */
  static Task checkedModule(Kernel<?> kernel, Supplier<Object> call) {
    Object answer = call.get();
    if (!kernel.isOfModule(answer)) {
      throw new IllegalStateException(
          "%s answers %s instead of %s"
              .formatted(kernel.name(), Answer.of(answer), kernel.exactly()));
    }
    return checked(kernel, call);
  }

  static Task checked(Kernel<?> kernel, Supplier<Object> call) {
    Object answer = call.get();
    String expected = kernel.reference();
    String actual = kernel.fingerprint(answer);
    if (!Answer.same(expected, actual)) {
      throw new IllegalStateException(
          "%s answers %s instead of %s".formatted(kernel.name(), actual, expected));
    }
    return previous -> previous + Kernel.digest(call.get());
  }
}
