package io.github.wasmspring.internal.wasi;

/** The rights of descriptors that matter here. Guests ask for them and are told about them. */
final class Rights {

  static final long READ = 1L << 1;
  static final long WRITE = 1L << 6;

  private static final long ALLOCATE = 1L << 8;

  /** What is done with a path from a directory, and listing it: bits 9 to 18, 20, 24 to 26. */
  private static final long PATHS =
      (1L << 19) - (1L << 9) | 1L << 20 | 1L << 24 | 1L << 25 | 1L << 26;

  private static final long STAT = 1L << 21;
  private static final long RESIZE = 1L << 22;
  private static final long SET_TIMES = 1L << 23;
  private static final long POLL = 1L << 27;

  private static final long FILE = (1L << 9) - 1 | STAT | RESIZE | SET_TIMES | POLL;

  /**
   * Of a directory: what is done to files alone is not among them. That writing is not allowed in
   * it, is said when it is tried.
   */
  static final long DIRECTORY = PATHS | STAT | SET_TIMES;

  static final long EVERYTHING = DIRECTORY | FILE;

  private Rights() {}

  static long ofFile(boolean readable, boolean writable) {
    long missing = (readable ? 0 : READ) | (writable ? 0 : WRITE | ALLOCATE | RESIZE);
    return FILE & ~missing;
  }
}
