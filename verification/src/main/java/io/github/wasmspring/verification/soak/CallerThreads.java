package io.github.wasmspring.verification.soak;

/** Virtual threads where the JDK has them, else platform threads with small stacks. */
final class CallerThreads {

  private static final int VIRTUAL_SINCE = 21;
  private static final long STACK_BYTES = 512 << 10;

  private CallerThreads() {}

  static boolean areVirtual() {
    return Runtime.version().feature() >= VIRTUAL_SINCE;
  }

  static Thread start(Runnable caller) {
    if (!areVirtual()) {
      Thread thread = new Thread(null, caller, "soak-caller", STACK_BYTES);
      thread.start();
      return thread;
    }
    try {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, caller);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
