package io.github.wasmspring.memory;

import java.io.Serial;

/** A namespace has no room for an entry. */
public final class MemoryQuotaException extends AgentMemoryException {

  @Serial private static final long serialVersionUID = 1L;

  private final String namespace;

  MemoryQuotaException(String namespace, String key, String quota, long limit, long needed) {
    super(
        ("Namespace '%s' of the agent memory has no room for the entry '%s': it would have %d %s, and its quota is %d;"
                + " remove entries, let them expire, or raise the quota")
            .formatted(namespace, key, needed, quota, limit));
    this.namespace = namespace;
  }

  public String namespace() {
    return this.namespace;
  }
}
