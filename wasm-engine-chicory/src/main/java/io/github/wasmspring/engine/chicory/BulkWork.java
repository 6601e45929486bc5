package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;

/**
 * Work whose length a guest decides. It is done in pieces, and before each of them the thread looks
 * whether it is to stop: a deadline interrupts it.
 */
final class BulkWork {

  /** Takes a fraction of a millisecond. */
  private static final int PIECE = 1 << 20;

  /** Of some hundred nanoseconds each; a power of two. */
  private static final int STEPS = 4096;

  /** What is done in less time than looking takes. */
  private static final int SHORT = 256;

  private BulkWork() {}

  /**
   * @throws ChicoryInterruptedException if the thread is to stop; its flag stays set
   */
  static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new ChicoryInterruptedException("Thread interrupted");
    }
  }

  /**
   * For steps that are short, of which a module can have any number. Few of them never stop, so
   * that an instance of an ordinary module is made however little time there is.
   *
   * @param step counted from 0
   */
  static void stopIfInterruptedInStep(int step) {
    if ((step & STEPS - 1) == STEPS - 1) {
      stopIfInterrupted();
    }
  }

  /**
   * How many bytes to do next, after a look.
   *
   * @param left that are not done yet
   */
  static int next(int left) {
    if (left > SHORT) {
      stopIfInterrupted();
    }
    return Math.min(left, PIECE);
  }
}
