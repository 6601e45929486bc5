package io.github.wasmspring.engine.jvm;

/**
 * A function as the host calls it; a class is generated for each that is called. Public for
 * generated code, not for applications.
 */
public abstract class GuestFunction {

  /** Numbers are passed as raw bits. What fails comes as the JVM or the guest's code throws it. */
  protected abstract long[] invoke(long[] arguments, GuestContext context);
}
