package io.github.wasmspring.memory;

import java.io.Serial;

/** An entry has another version than was expected: somebody else has written it. */
public final class MemoryConflictException extends AgentMemoryException {

  @Serial private static final long serialVersionUID = 1L;

  private final long actualVersion;

  MemoryConflictException(String namespace, String key, long expected, long actual) {
    super(
        "Entry '%s' in namespace '%s' of the agent memory has version %d, not %d as expected; read it again and repeat the change"
            .formatted(key, namespace, actual, expected));
    this.actualVersion = actual;
  }

  /** 0 if there is none. */
  public long actualVersion() {
    return this.actualVersion;
  }
}
