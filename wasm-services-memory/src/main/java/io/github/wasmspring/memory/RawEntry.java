package io.github.wasmspring.memory;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is in the database.
 *
 * @param kind number of the {@link MemoryKind}
 * @param encoding number of the {@link MemoryEncoding}
 * @param size bytes of the value before it was encoded
 * @param written milliseconds since 1970
 * @param expires milliseconds since 1970, {@code null} for never
 * @param tags in alphabetical order, each after a line feed
 * @param value as it is encoded
 */
record RawEntry(
    long version,
    String key,
    long kind,
    long encoding,
    long size,
    long written,
    @Nullable Long expires,
    long checksum,
    String tags,
    byte[] value) {

  /** What {@link #read} reads, of a table that is called e. */
  static final String COLUMNS =
      "e.version, e.key, e.kind, e.encoding, e.size, e.written, e.expires, e.checksum, e.tags, e.value";

  private static final byte[] NOTHING = new byte[0];

  static RawEntry read(ResultSet row) throws SQLException {
    long expires = row.getLong(7);
    boolean forever = row.wasNull();
    byte[] value = row.getBytes(10);
    return new RawEntry(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        forever ? null : expires,
        row.getLong(8),
        row.getString(9),
        value == null ? NOTHING : value);
  }
}
