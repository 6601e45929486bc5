package io.github.wasmspring.internal.sqlite.lock;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a database from all others of it: what SQLite itself compares before it
 * trusts its pages.
 *
 * @param origin who counts; versions of different origins say nothing of each other
 * @param counter of transactions that have changed the database
 * @param pages of the file and of its list of free pages
 * @param freePages how many pages are free
 * @param schema the version of the schema
 */
public record DatabaseVersion(long origin, long counter, long pages, int freePages, int schema) {

  private static final int HEADER = 44;
  private static final int FORMATS = 18;
  private static final int COUNTER = 24;

  /** Of a database that is in one guest alone. */
  public static DatabaseVersion counted(long origin, long counter, int schema) {
    return new DatabaseVersion(origin, counter, 0, 0, schema);
  }

  /**
   * @return {@code null} if the file does not tell: it is empty, or has a write-ahead log
   */
  static @Nullable DatabaseVersion read(long origin, byte[] header, int length) {
    if (length < HEADER || header[FORMATS] != 1 || header[FORMATS + 1] != 1) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(header).position(COUNTER);
    return new DatabaseVersion(
        origin,
        Integer.toUnsignedLong(bytes.getInt()),
        bytes.getLong(),
        bytes.getInt(),
        bytes.getInt());
  }

  static byte[] newHeader() {
    return new byte[HEADER];
  }
}
