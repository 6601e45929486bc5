package io.github.wasmspring.memory;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, the latest first, each whatever the others do. */
final class MemoryResources implements AutoCloseable {

  private final Deque<Resource> opened = new ArrayDeque<>();

  /** Closes without a checked exception. */
  interface Resource extends AutoCloseable {

    @Override
    void close();
  }

  <T extends Resource> T owned(T resource) {
    this.opened.push(resource);
    return resource;
  }

  @Override
  public void close() {
    RuntimeException first = null;
    while (!this.opened.isEmpty()) {
      try {
        this.opened.pop().close();
      } catch (RuntimeException failure) {
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
