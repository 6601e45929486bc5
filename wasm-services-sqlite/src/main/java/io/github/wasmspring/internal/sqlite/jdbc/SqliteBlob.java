package io.github.wasmspring.internal.sqlite.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;

/** Bytes in memory. What is changed here is in the database when the blob is set as a parameter. */
final class SqliteBlob implements Blob {

  private byte[] bytes;

  SqliteBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return this.bytes.length;
  }

  @Override
  public byte[] getBytes(long position, int length) throws SQLException {
    int start = start(position);
    if (length < 0) {
      throw new SQLException("A length can't be negative: " + length, "22023");
    }
    return Arrays.copyOfRange(
        this.bytes, start, start + Math.min(length, this.bytes.length - start));
  }

  private int start(long position) throws SQLException {
    if (position < 1 || position > this.bytes.length + 1L) {
      throw new SQLException(
          "There is no position %d in a blob of %d bytes".formatted(position, this.bytes.length),
          "22023");
    }
    return (int) (position - 1);
  }

  @Override
  public InputStream getBinaryStream() {
    return new ByteArrayInputStream(this.bytes);
  }

  @Override
  public InputStream getBinaryStream(long position, long length) throws SQLException {
    return new ByteArrayInputStream(getBytes(position, (int) Math.min(length, Integer.MAX_VALUE)));
  }

  @Override
  public int setBytes(long position, byte[] source) throws SQLException {
    return setBytes(position, source, 0, source.length);
  }

  @Override
  public int setBytes(long position, byte[] source, int offset, int length) throws SQLException {
    int start = start(position);
    this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length, start + length));
    System.arraycopy(source, offset, this.bytes, start, length);
    return length;
  }

  @Override
  public OutputStream setBinaryStream(long position) throws SQLException {
    start(position);
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        try {
          setBytes(position, toByteArray());
        } catch (SQLException impossible) {
          throw new IllegalStateException(impossible);
        }
      }
    };
  }

  @Override
  public void truncate(long length) throws SQLException {
    start(length + 1);
    this.bytes = Arrays.copyOf(this.bytes, (int) length);
  }

  @Override
  public long position(byte[] pattern, long start) throws SQLException {
    throw unsupported();
  }

  @Override
  public long position(Blob pattern, long start) throws SQLException {
    throw unsupported();
  }

  private static SQLException unsupported() {
    return new SQLFeatureNotSupportedException(
        "Blob.position is not supported by the driver for SQLite as WebAssembly", "0A000");
  }

  @Override
  public void free() {
    this.bytes = new byte[0];
  }
}
