package io.github.wasmspring.internal.engine.jvm.run;

/** Carries what a host function threw through the guest's frames. */
public final class HostFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public HostFailure(String importName, Throwable cause) {
    super("the host function %s failed: %s".formatted(importName, cause), cause, true, false);
  }
}
