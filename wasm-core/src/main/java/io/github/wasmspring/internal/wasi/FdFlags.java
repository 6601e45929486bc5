package io.github.wasmspring.internal.wasi;

/** How a descriptor is used. A guest gives them when it opens a path, may change them and asks. */
final class FdFlags {

  static final int APPEND = 1;

  /** What is written is on the disk when the call returns. */
  static final int DSYNC = 2;

  /** Nothing here keeps a guest waiting, with or without it. */
  private static final int NONBLOCK = 4;

  /** As on Linux, the same as {@link #SYNC}. */
  static final int RSYNC = 8;

  /** As {@link #DSYNC}, with what is known about the file. */
  static final int SYNC = 16;

  private static final int ALL = APPEND | DSYNC | NONBLOCK | RSYNC | SYNC;

  private FdFlags() {}

  static int checked(int flags) throws WasiError {
    if ((flags & ~ALL) != 0) {
      throw new WasiError(Errno.INVAL);
    }
    return flags;
  }
}
