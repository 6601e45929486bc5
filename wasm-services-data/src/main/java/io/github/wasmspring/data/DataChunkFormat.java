package io.github.wasmspring.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as the module and files have it: a head of 32-bit numbers, and the buffers of each column
 * in the layout of Apache Arrow, each at a multiple of 8 bytes.
 */
final class DataChunkFormat {

  private static final int HEAD = 2;
  private static final int COLUMN = 5;

  private DataChunkFormat() {}

  static long size(DataChunk chunk) {
    long size = head(chunk.columns().size());
    for (DataColumn column : chunk.columns()) {
      size += validity(column.rows) + values(column.type.kind(), column.rows);
      size += aligned(column.bytes.length);
    }
    return size;
  }

  private static long head(int columns) {
    return aligned(4L * (HEAD + (long) COLUMN * columns));
  }

  private static long aligned(long size) {
    return (size + 7) & ~7L;
  }

  private static long validity(int rows) {
    return aligned((rows + 7L) / 8);
  }

  private static long values(DataType.Kind kind, int rows) {
    return aligned(
        switch (kind) {
          case BOOLEAN -> (rows + 7L) / 8;
          case DATE -> 4L * rows;
          case TEXT -> 4L * (rows + 1);
          case DECIMAL -> 16L * rows;
          case INTEGER, DOUBLE, TIMESTAMP -> 8L * rows;
        });
  }

  /**
   * @param out little-endian, with room for {@link #size}
   */
  static void write(DataChunk chunk, ByteBuffer out) {
    int at = (int) head(chunk.columns().size());
    out.putInt(0, chunk.rows());
    out.putInt(4, chunk.columns().size());
    int head = 4 * HEAD;
    for (DataColumn column : chunk.columns()) {
      int values = at + (int) validity(column.rows);
      int bytes = values + (int) values(column.type.kind(), column.rows);
      out.putInt(head, column.type.kind().ordinal());
      out.putInt(head + 4, column.type.scale());
      out.putInt(head + 8, column.validity == null ? -1 : at);
      out.putInt(head + 12, values);
      out.putInt(head + 16, bytes);
      head += 4 * COLUMN;
      if (column.validity != null) {
        out.position(at);
        out.put(column.validity, 0, (column.rows + 7) / 8);
      }
      out.position(values);
      writeValues(column, out);
      out.position(bytes);
      out.put(column.bytes);
      at = bytes + (int) aligned(column.bytes.length);
    }
    out.position(0);
  }

  private static void writeValues(DataColumn column, ByteBuffer out) {
    switch (column.type.kind()) {
      case BOOLEAN -> out.put(bits(column));
      case DATE -> {
        for (long day : column.values) {
          out.putInt((int) day);
        }
      }
      case TEXT -> out.asIntBuffer().put(column.offsets);
      case INTEGER, DOUBLE, TIMESTAMP, DECIMAL -> out.asLongBuffer().put(column.values);
    }
  }

  private static byte[] bits(DataColumn column) {
    byte[] bits = new byte[(column.rows + 7) / 8];
    for (int row = 0; row < column.rows; row++) {
      bits[row >> 3] |= (byte) (column.values[row] << (row & 7));
    }
    return bits;
  }

  /**
   * @param in little-endian, the whole chunk
   * @param types what the columns have to be
   * @throws IllegalArgumentException if it is not such a chunk
   */
  static DataChunk read(ByteBuffer in, List<DataType> types) {
    try {
      int rows = in.getInt(0);
      require(rows >= 0 && in.getInt(4) == types.size());
      List<DataColumn> columns = new ArrayList<>(types.size());
      for (int place = 0; place < types.size(); place++) {
        columns.add(readColumn(in, 4 * (HEAD + COLUMN * place), types.get(place), rows));
      }
      return new DataChunk(rows, columns);
    } catch (IndexOutOfBoundsException | java.nio.BufferUnderflowException torn) {
      throw new IllegalArgumentException("A chunk is not whole", torn);
    }
  }

  private static DataColumn readColumn(ByteBuffer in, int head, DataType type, int rows) {
    require(in.getInt(head) == type.kind().ordinal());
    int values = in.getInt(head + 12);
    int bytes = in.getInt(head + 16);
    require(values >= 0 && bytes >= values && bytes <= in.limit());
    require(bytes - values >= values(type.kind(), rows));
    byte[] validity = readValidity(in, in.getInt(head + 8), rows);
    if (type.kind() == DataType.Kind.TEXT) {
      return readTexts(in, values, bytes, validity, rows);
    }
    ByteBuffer from = in.slice(values, bytes - values).order(in.order());
    long[] numbers = new long[type.isWide() ? 2 * rows : rows];
    switch (type.kind()) {
      case BOOLEAN -> {
        for (int row = 0; row < rows; row++) {
          numbers[row] = from.get(row >> 3) >> (row & 7) & 1;
        }
      }
      case DATE -> {
        for (int row = 0; row < rows; row++) {
          numbers[row] = from.getInt(4 * row);
        }
      }
      default -> from.asLongBuffer().get(numbers);
    }
    return DataColumn.ofValues(type, rows, validity, numbers);
  }

  private static byte @Nullable [] readValidity(ByteBuffer in, int at, int rows) {
    if (at < 0) {
      return null;
    }
    byte[] validity = new byte[(rows + 7) / 8];
    require(at <= in.limit() - validity.length);
    in.get(at, validity);
    return validity;
  }

  private static DataColumn readTexts(
      ByteBuffer in, int at, int bytes, byte @Nullable [] validity, int rows) {
    int[] offsets = new int[rows + 1];
    in.slice(at, 4 * (rows + 1)).order(in.order()).asIntBuffer().get(offsets);
    require(offsets[0] == 0);
    for (int row = 0; row < rows; row++) {
      require(offsets[row] <= offsets[row + 1]);
    }
    require(offsets[rows] <= in.limit() - bytes);
    byte[] texts = new byte[offsets[rows]];
    in.get(bytes, texts);
    return DataColumn.ofTexts(rows, validity, offsets, texts);
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("A chunk is not what it should be");
    }
  }
}
