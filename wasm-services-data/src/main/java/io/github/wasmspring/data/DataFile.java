package io.github.wasmspring.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * How files of rows are laid out, with all numbers little-endian: a head with {@link #MAGIC}, the
 * version, how long the schema is, its checksum and it; blocks of how long they are in the file and
 * out of it, how many rows they have, the checksum of what is in the file, and a chunk; last a
 * block of no bytes whose rows are all.
 */
final class DataFile {

  static final long MAGIC = 0x53574F524D534157L;
  static final int VERSION = 1;

  /** Magic, version, length and checksum of the schema. */
  static final int HEAD = Long.BYTES + 3 * Integer.BYTES;

  /** Both lengths, rows and checksum. */
  static final int BLOCK_HEAD = 2 * Integer.BYTES + Long.BYTES + Integer.BYTES;

  static final int MOST_ROWS = 1 << 16;

  /** What a block may have out of the file, so that a small file can't ask for all memory. */
  static final int MOST_BYTES = 256 << 20;

  /** A thousand columns of the longest names. */
  static final int MOST_SCHEMA = 1 << 20;

  private static final DataType.Kind[] KINDS = DataType.Kind.values();

  private DataFile() {}

  static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer head(DataSchema schema) {
    List<byte[]> names =
        schema.names().stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
    int size = Integer.BYTES;
    for (byte[] name : names) {
      size += 2 + Integer.BYTES + name.length;
    }
    ByteBuffer columns = buffer(size).putInt(names.size());
    for (int place = 0; place < names.size(); place++) {
      DataType type = schema.fields().get(place).type();
      columns.put((byte) type.kind().ordinal()).put((byte) type.scale());
      columns.putInt(names.get(place).length).put(names.get(place));
    }
    return buffer(HEAD + size)
        .putLong(MAGIC)
        .putInt(VERSION)
        .putInt(size)
        .putInt(checksum(columns.array(), size))
        .put(columns.array())
        .flip();
  }

  /**
   * @throws IllegalArgumentException if it is none; also {@code BufferUnderflowException}
   */
  static DataSchema schema(byte[] bytes) {
    ByteBuffer columns = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int count = columns.getInt();
    List<DataField> fields = new ArrayList<>();
    for (int place = 0; place < count; place++) {
      int kind = columns.get();
      int scale = columns.get();
      int length = columns.getInt();
      if (kind < 0 || kind >= KINDS.length || length < 0 || length > columns.remaining()) {
        throw new IllegalArgumentException("a column is none");
      }
      byte[] name = new byte[length];
      columns.get(name);
      fields.add(
          new DataField(
              new String(name, StandardCharsets.UTF_8), new DataType(KINDS[kind], scale)));
    }
    if (columns.hasRemaining()) {
      throw new IllegalArgumentException("there is more than columns");
    }
    return DataSchema.of(fields);
  }
}
