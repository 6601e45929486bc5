package io.github.wasmspring.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Values in order, as the module takes them: integers of 64 bits; or how many texts there are,
 * where each of them begins and the last one ends, and they.
 */
final class DataSet {

  static final int HAS_NULL = 1;
  static final int TEXTS = 2;

  private DataSet() {}

  static byte[] ofIntegers(Collection<Long> values) {
    ByteBuffer table =
        ByteBuffer.allocate(Long.BYTES * values.size()).order(ByteOrder.LITTLE_ENDIAN);
    values.stream().sorted().forEach(table::putLong);
    return table.array();
  }

  static byte[] ofTexts(Collection<String> values) {
    List<byte[]> texts =
        values.stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .sorted(Arrays::compareUnsigned)
            .toList();
    int size = texts.stream().mapToInt(text -> text.length).sum();
    ByteBuffer table =
        ByteBuffer.allocate((texts.size() + 2) * Integer.BYTES + size)
            .order(ByteOrder.LITTLE_ENDIAN);
    table.putInt(texts.size()).putInt(0);
    int end = 0;
    for (byte[] text : texts) {
      end += text.length;
      table.putInt(end);
    }
    texts.forEach(table::put);
    return table.array();
  }
}
