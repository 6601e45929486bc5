package io.github.wasmspring.memory;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.bundle.compression.Compression;
import io.github.wasmspring.bundle.hash.Hash;
import io.github.wasmspring.client.WasmModuleManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what goes into the database where that makes it smaller, and checks what comes out of
 * it. The modules do the work, or Java does where they are off.
 */
final class EntryCoder {

  private static final String BETWEEN_TAGS = "\n";

  private final Hash hash;
  private final PieceCompression compression;
  private final int compressionThreshold;

  /**
   * @param compressionThreshold from how many bytes on a value is compressed
   */
  EntryCoder(WasmModuleManager manager, int compressionThreshold) {
    this.hash = manager.bind(Hash.class);
    this.compression = new PieceCompression(manager.bind(Compression.class));
    this.compressionThreshold = compressionThreshold;
  }

  /**
   * @param written milliseconds since 1970
   * @param expires milliseconds since 1970, {@code null} for never
   * @param vector {@code null} for none
   */
  EncodedEntry encode(
      String namespace,
      MemoryEntry entry,
      long written,
      @Nullable Long expires,
      float @Nullable [] vector) {
    byte[] plain = entry.value();
    byte[] value = plain;
    MemoryEncoding encoding = MemoryEncoding.PLAIN;
    if (plain.length >= this.compressionThreshold) {
      byte[] smaller = this.compression.compress(plain);
      if (smaller != null) {
        value = smaller;
        encoding = MemoryEncoding.DEFLATE;
      }
    }
    RawEntry unchecked =
        new RawEntry(
            0,
            entry.key(),
            entry.kind().ordinal(),
            encoding.ordinal(),
            plain.length,
            written,
            expires,
            0,
            joined(entry.tags()),
            // The caller's array must not change between the checksum and the disk.
            value == plain ? plain.clone() : value);
    RawEntry row =
        new RawEntry(
            0,
            unchecked.key(),
            unchecked.kind(),
            unchecked.encoding(),
            unchecked.size(),
            written,
            expires,
            checksum(namespace, unchecked),
            unchecked.tags(),
            unchecked.value());
    return new EncodedEntry(
        row,
        entry.tags(),
        vector,
        vector == null ? 0 : checksum(namespace, entry.key(), bytes(vector)));
  }

  private static String joined(Set<String> tags) {
    StringBuilder joined = new StringBuilder();
    tags.forEach(tag -> joined.append(BETWEEN_TAGS).append(tag));
    return joined.toString();
  }

  /**
   * @throws MemoryDamagedException if it is not as it was encoded
   */
  StoredMemory decode(String namespace, RawEntry row) {
    if (checksum(namespace, row) != row.checksum()) {
      throw damaged(namespace, row, "its checksum is another", null);
    }
    Instant expires = row.expires() == null ? null : Instant.ofEpochMilli(row.expires());
    return new StoredMemory(
        namespace,
        row.key(),
        row.version(),
        kind(namespace, row),
        value(namespace, row),
        tags(row),
        Instant.ofEpochMilli(row.written()),
        expires);
  }

  private static MemoryKind kind(String namespace, RawEntry row) {
    MemoryKind[] kinds = MemoryKind.values();
    if (row.kind() < 0 || row.kind() >= kinds.length) {
      throw damaged(namespace, row, "its kind %d is unknown".formatted(row.kind()), null);
    }
    return kinds[(int) row.kind()];
  }

  private byte[] value(String namespace, RawEntry row) {
    if (row.encoding() == MemoryEncoding.PLAIN.ordinal()) {
      return row.value();
    }
    if (row.encoding() != MemoryEncoding.DEFLATE.ordinal()) {
      throw damaged(namespace, row, "its encoding %d is unknown".formatted(row.encoding()), null);
    }
    try {
      byte[] plain = this.compression.decompress(row.value(), row.size());
      if (plain != null) {
        return plain;
      }
      throw damaged(namespace, row, "it has another size", null);
    } catch (WasmOperationException broken) {
      throw damaged(namespace, row, "it can't be decompressed", broken);
    }
  }

  private static MemoryDamagedException damaged(
      String namespace, RawEntry row, String what, @Nullable Throwable cause) {
    return new MemoryDamagedException(namespace, row.key(), row.version(), what, cause);
  }

  private static Set<String> tags(RawEntry row) {
    Set<String> tags = new LinkedHashSet<>();
    if (!row.tags().isEmpty()) {
      Collections.addAll(tags, row.tags().substring(1).split(BETWEEN_TAGS));
    }
    return Collections.unmodifiableSet(tags);
  }

  /** Of all that a reader is told, so that rows which have changed places are found too. */
  private long checksum(String namespace, RawEntry row) {
    byte[] name = namespace.getBytes(StandardCharsets.UTF_8);
    byte[] key = row.key().getBytes(StandardCharsets.UTF_8);
    byte[] tags = row.tags().getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(
            3 * Integer.BYTES
                + 5 * Long.BYTES
                + name.length
                + key.length
                + tags.length
                + row.value().length);
    all.putLong(row.kind()).putLong(row.encoding()).putLong(row.size());
    all.putLong(row.written()).putLong(row.expires() == null ? -1 : row.expires());
    all.putInt(name.length).put(name).putInt(key.length).put(key).putInt(tags.length).put(tags);
    all.put(row.value());
    return this.hash.xxh64(all.array(), 0);
  }

  private long checksum(String namespace, String key, byte[] vector) {
    byte[] name = namespace.getBytes(StandardCharsets.UTF_8);
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(2 * Integer.BYTES + name.length + keyBytes.length + vector.length);
    all.putInt(name.length).put(name).putInt(keyBytes.length).put(keyBytes).put(vector);
    return this.hash.xxh64(all.array(), 0);
  }

  static byte[] bytes(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  /**
   * @throws MemoryDamagedException if it is not as it was encoded
   */
  float[] vector(String namespace, String key, long version, byte[] bytes, long checksum) {
    if (checksum(namespace, key, bytes) != checksum) {
      throw new MemoryDamagedException(
          namespace, key, version, "the checksum of its vector is another", null);
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
