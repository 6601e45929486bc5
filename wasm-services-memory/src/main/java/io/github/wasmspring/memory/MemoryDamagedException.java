package io.github.wasmspring.memory;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An entry in the database is not as it was written. */
public final class MemoryDamagedException extends AgentMemoryException {

  @Serial private static final long serialVersionUID = 1L;

  private final String namespace;
  private final String key;

  MemoryDamagedException(
      String namespace, String key, long version, String what, @Nullable Throwable cause) {
    super(
        "Entry '%s' (version %d) in namespace '%s' of the agent memory is damaged: %s; remove it, or restore the database from a backup"
            .formatted(key, version, namespace, what),
        cause);
    this.namespace = namespace;
    this.key = key;
  }

  public String namespace() {
    return this.namespace;
  }

  public String key() {
    return this.key;
  }
}
