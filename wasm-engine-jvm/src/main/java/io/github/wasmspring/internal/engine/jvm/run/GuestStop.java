package io.github.wasmspring.internal.engine.jvm.run;

/**
 * Ends guest code whose thread was interrupted. Public for generated code, not for applications.
 */
public final class GuestStop extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is done between two looks takes a fraction of a millisecond. */
  static final int PIECE = 1 << 20;

  private static final int STEPS = 4096;

  private GuestStop() {
    super("the thread was interrupted");
  }

  public static RuntimeException now() {
    return new GuestStop();
  }

  static void ifInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new GuestStop();
    }
  }

  /** For short steps, of which a module can have any number: few of them never stop. */
  public static void ifInterruptedInStep(int step) {
    if ((step & STEPS - 1) == STEPS - 1) {
      ifInterrupted();
    }
  }
}
