package io.github.wasmspring.internal.sqlite.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.sql.SQLDataException;
import java.sql.SQLException;

/** The beginning of a stream, where JDBC is told how much of it is meant. */
final class LimitedInput {

  private static final int PIECE = 8192;

  private LimitedInput() {}

  /**
   * @throws SQLException if there is less, or it can't be read
   */
  static byte[] of(InputStream stream, long length) throws SQLException {
    try {
      byte[] bytes = stream.readNBytes(size(length));
      requireAll(bytes.length, length);
      return bytes;
    } catch (IOException failure) {
      throw unreadable(failure);
    }
  }

  /**
   * @throws SQLException if there is less, or it can't be read
   */
  static String of(Reader reader, long length) throws SQLException {
    int left = size(length);
    StringWriter text = new StringWriter();
    char[] piece = new char[PIECE];
    try {
      int count = 0;
      while (left > 0 && count >= 0) {
        count = reader.read(piece, 0, Math.min(left, PIECE));
        text.write(piece, 0, Math.max(0, count));
        left -= Math.max(0, count);
      }
    } catch (IOException failure) {
      throw unreadable(failure);
    }
    requireAll(length - left, length);
    return text.toString();
  }

  private static int size(long length) throws SQLException {
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new SQLDataException("A stream can't have the length " + length, "22023");
    }
    return (int) length;
  }

  private static void requireAll(long count, long length) throws SQLException {
    if (count < length) {
      throw new SQLDataException(
          "The stream of a parameter ended after %d of %d".formatted(count, length), "22026");
    }
  }

  private static SQLException unreadable(IOException failure) {
    return new SQLDataException("The stream of a parameter can't be read", "22000", failure);
  }
}
