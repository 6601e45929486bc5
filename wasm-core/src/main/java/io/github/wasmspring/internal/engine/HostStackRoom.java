package io.github.wasmspring.internal.engine;

/**
 * Lets the stack overflow before a host function is called rather than in the midst of it. A guest
 * chooses how deep it recurses, and so could make any line of the host's code throw, for instance
 * the one that gives an instance of another module back.
 */
public final class HostStackRoom {

  /**
   * Fifteen to thirty kilobytes, depending on how this is compiled; for about a third of a
   * microsecond. With two thirds of it, what the host calls of another module did not fit in.
   */
  private static final int FRAMES = 288;

  private HostStackRoom() {}

  /**
   * @throws StackOverflowError if there is little left
   */
  public static void require() {
    probe(FRAMES, 0, 0, 0, 0, 0);
  }

  private static long probe(int frames, long a, long b, long c, long d, long e) {
    return frames == 0 ? a : probe(frames - 1, b + 1, c + a, d + b, e + c, a + d) + e;
  }
}
