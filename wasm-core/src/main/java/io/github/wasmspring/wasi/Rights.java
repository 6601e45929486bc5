package io.github.wasmspring.wasi;

/** The rights of descriptors that matter here. Guests ask for them and are told about them. */
final class Rights {

  static final long READ = 1L << 1;
  static final long SEEK = 1L << 2;
  static final long TELL = 1L << 5;
  static final long WRITE = 1L << 6;

  private static final long FILE = (1L << 9) - 1 | 1L << 21 | 1L << 22 | 1L << 27;
  private static final long PATHS = (1L << 30) - 1;

  /** Of a directory. That writing is not allowed in it, is said when it is tried. */
  static final long DIRECTORY = PATHS & ~(READ | SEEK | TELL | WRITE);

  static final long EVERYTHING = PATHS;

  private Rights() {}

  static long ofFile(boolean readable, boolean writable) {
    return FILE & ~(READ | WRITE) | (readable ? READ : 0) | (writable ? WRITE : 0);
  }
}
