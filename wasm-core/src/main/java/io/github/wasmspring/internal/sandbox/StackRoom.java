package io.github.wasmspring.internal.sandbox;

/**
 * Makes sure that there is stack left before anything is touched that must not be left half done. A
 * guest chooses how deep it calls us; if the stack ended inside of the JDK's file system, of a
 * logger or of a queue, a lock there would stay taken, and whoever comes next would wait for ever.
 */
public final class StackRoom {

  /**
   * Of a hundred bytes each, about, and of twice as many before they are compiled: several times
   * what files and loggers need, and what a thread of 256 KB has in a JVM that has just started.
   */
  private static final int FRAMES = 400;

  private StackRoom() {}

  /**
   * @throws StackOverflowError if there is not enough, before anything has happened
   */
  public static void require() {
    if (use(FRAMES, 1, 2, 3, 4, 5, 6) == 0) {
      throw new AssertionError();
    }
  }

  /** All parameters are needed after the call, so that each frame has to keep them. */
  private static long use(int frames, long a, long b, long c, long d, long e, long f) {
    if (frames == 0) {
      return 1;
    }
    long deeper = use(frames - 1, a + 1, b + 1, c + 1, d + 1, e + 1, f + 1);
    return Math.max(1, deeper & (a | b | c | d | e | f));
  }
}
