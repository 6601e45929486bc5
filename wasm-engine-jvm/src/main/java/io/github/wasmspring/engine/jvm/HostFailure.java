package io.github.wasmspring.engine.jvm;

/** Carries what a host function threw through the guest's frames. */
final class HostFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HostFailure(String importName, Throwable cause) {
    super("the host function %s failed: %s".formatted(importName, cause), cause, true, false);
  }
}
