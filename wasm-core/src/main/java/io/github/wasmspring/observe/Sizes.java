package io.github.wasmspring.observe;

/** Sizes as people read them and as properties write them. */
final class Sizes {

  private static final long KILO = 1L << 10;
  private static final long MEGA = 1L << 20;

  private Sizes() {}

  /** The next whole number of a unit, e.g. {@code 64MB}. */
  static String property(long bytes) {
    return bytes >= MEGA ? ceiling(bytes, MEGA) + "MB" : ceiling(bytes, KILO) + "KB";
  }

  private static long ceiling(long bytes, long unit) {
    return (bytes + unit - 1) / unit;
  }

  /** E.g. {@code 12.5 MB}. */
  static String text(long bytes) {
    return bytes >= MEGA
        ? "%.1f MB".formatted((double) bytes / MEGA)
        : "%.1f KB".formatted((double) bytes / KILO);
  }
}
