package io.github.wasmspring.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether the values of a chunk that somebody else made are such as columns have. */
final class DataChunkCheck {

  private DataChunkCheck() {}

  /**
   * @throws IllegalArgumentException if one is not
   */
  static void check(DataChunk chunk) {
    chunk.columns().forEach(DataChunkCheck::check);
  }

  private static void check(DataColumn column) {
    if (column.type.kind() == DataType.Kind.TEXT) {
      checkTexts(column);
      return;
    }
    for (int row = 0; row < column.rows; row++) {
      if (!column.isNull(row) && !isSound(column, row)) {
        throw new IllegalArgumentException("a value is no %s".formatted(column.type));
      }
    }
  }

  private static boolean isSound(DataColumn column, int row) {
    try {
      switch (column.type.kind()) {
        case DOUBLE -> {
          double number = column.number(row);
          return !Double.isNaN(number) && column.values[row] != Double.doubleToRawLongBits(-0.0);
        }
        case DECIMAL -> DataNumbers.fitting(column.wide(row));
        case DATE -> DataTimeReader.checkedDays(column.values[row]);
        case TIMESTAMP -> DataTimeReader.checkedMicros(column.values[row]);
        case BOOLEAN -> {
          return column.values[row] >>> 1 == 0;
        }
        case INTEGER, TEXT -> {}
      }
      return true;
    } catch (DataValueException outside) {
      return false;
    }
  }

  /** UTF-8, cut between characters only. */
  private static void checkTexts(DataColumn column) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(column.bytes));
    } catch (CharacterCodingException wrong) {
      throw new IllegalArgumentException("a text is not in UTF-8", wrong);
    }
    for (int offset : column.offsets) {
      if (offset < column.bytes.length && (column.bytes[offset] & 0xC0) == 0x80) {
        throw new IllegalArgumentException("a text is cut in a character");
      }
    }
  }
}
