package io.github.wasmspring.memory;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be kept.
 *
 * @param key 1 to 512 characters, none of them a control character
 * @param kind what the bytes are
 * @param value not copied; must not change until the entry is kept
 * @param tags up to 64, of 1 to 100 characters, none of them a control character
 * @param ttl how long it lives, up to 100 years, zero for ever, {@code null} for as long as the
 *     namespace says
 * @param vector to find it by similarity, {@code null} for none, or that of the {@link
 *     MemoryEmbedder}
 */
public record MemoryEntry(
    String key,
    MemoryKind kind,
    byte[] value,
    Set<String> tags,
    @Nullable Duration ttl,
    float @Nullable [] vector) {

  /**
   * @throws IllegalArgumentException if it can never be kept; the message says why
   */
  public MemoryEntry {
    MemoryChecks.checkKey(key);
    Objects.requireNonNull(kind, "An entry needs a kind");
    Objects.requireNonNull(value, "The value of an entry may be empty, but not null");
    tags = MemoryChecks.checkedTags(tags);
    if (ttl != null) {
      MemoryChecks.checkTtl(ttl);
    }
    if (vector != null) {
      vector = MemoryChecks.checkedVector(vector);
    }
  }

  /** A text. */
  public static MemoryEntry text(String key, String text) {
    return new MemoryEntry(key, MemoryKind.TEXT, MemoryChecks.utf8(text), Set.of(), null, null);
  }

  /** Bytes. */
  public static MemoryEntry bytes(String key, byte[] bytes) {
    return new MemoryEntry(key, MemoryKind.BYTES, bytes, Set.of(), null, null);
  }

  /**
   * A JSON document.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static MemoryEntry json(String key, String document) {
    MemoryJson.check(document);
    return new MemoryEntry(key, MemoryKind.JSON, MemoryChecks.utf8(document), Set.of(), null, null);
  }

  /**
   * An object as JSON, see {@link StoredMemory#as}.
   *
   * @throws IllegalArgumentException if Jackson can't write it
   */
  public static MemoryEntry object(String key, Object value) {
    return new MemoryEntry(key, MemoryKind.JSON, MemoryJson.write(value), Set.of(), null, null);
  }

  /** The same with these tags, in place of others. */
  public MemoryEntry withTags(String... tags) {
    return new MemoryEntry(this.key, this.kind, this.value, Set.of(tags), this.ttl, this.vector);
  }

  /** The same for so long, zero for ever. */
  public MemoryEntry withTtl(Duration ttl) {
    return new MemoryEntry(this.key, this.kind, this.value, this.tags, ttl, this.vector);
  }

  /** The same with a vector. */
  public MemoryEntry withVector(float[] vector) {
    return new MemoryEntry(this.key, this.kind, this.value, this.tags, this.ttl, vector);
  }
}
