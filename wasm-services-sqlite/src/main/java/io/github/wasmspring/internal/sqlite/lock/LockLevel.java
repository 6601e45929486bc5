package io.github.wasmspring.internal.sqlite.lock;

/** The locks of SQLite, weakest first, in the order of the numbers that it has for them. */
public enum LockLevel {
  NONE,
  /** Reads, with others. */
  SHARED,
  /** Will write; others read meanwhile. */
  RESERVED,
  /** Waits for the last reader to go; no other begins. */
  PENDING,
  /** Writes. */
  EXCLUSIVE;

  private static final LockLevel[] ALL = values();

  /**
   * @throws IllegalArgumentException if there is no such level
   */
  public static LockLevel of(int number) {
    if (number < 0 || number >= ALL.length) {
      throw new IllegalArgumentException("SQLite has no lock " + number);
    }
    return ALL[number];
  }

  boolean atLeast(LockLevel other) {
    return compareTo(other) >= 0;
  }
}
