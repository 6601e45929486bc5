package io.github.wasmspring.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was kept.
 *
 * @param version higher than those of all that was written before it
 * @param value the bytes that were given
 * @param tags in alphabetical order
 * @param written when, by the clock of the writer
 * @param expires when it is no longer there, {@code null} for never
 */
public record StoredMemory(
    String namespace,
    String key,
    long version,
    MemoryKind kind,
    byte[] value,
    Set<String> tags,
    Instant written,
    @Nullable Instant expires) {

  /** The value as text. */
  public String text() {
    return new String(this.value, StandardCharsets.UTF_8);
  }

  /**
   * The JSON of the value as an object.
   *
   * @throws AgentMemoryException if it is no JSON of such an object
   */
  public <T> T as(Class<T> type) {
    return MemoryJson.read(this, type);
  }
}
