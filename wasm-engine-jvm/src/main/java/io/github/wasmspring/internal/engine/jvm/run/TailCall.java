package io.github.wasmspring.internal.engine.jvm.run;

/**
 * A call that a function has left to whoever called it; a class is generated for each type of
 * functions that are called so. The function and its arguments are in fields of the instance.
 * Public for generated code, not for applications.
 */
public abstract class TailCall {

  /** Makes the call; it may leave another one. */
  protected abstract void resume(GuestContext context);

  /** Makes the call that was left, and those that are left by what is called, in one frame. */
  static void resumeAll(GuestContext context) {
    for (TailCall next = context.pending; next != null; next = context.pending) {
      context.pending = null;
      GuestStop.ifInterrupted();
      next.resume(context);
    }
  }
}
