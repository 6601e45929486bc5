package io.github.wasmspring.internal.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What host functions keep with an instance, by type. */
public final class InstanceAttributes {

  private static final Logger logger = LoggerFactory.getLogger(InstanceAttributes.class);

  private final Map<Class<?>, Object> attributes = new HashMap<>();

  /**
   * @param initial makes the first, where there is none
   */
  public <T> T get(Class<T> type, Supplier<T> initial) {
    return type.cast(this.attributes.computeIfAbsent(type, key -> initial.get()));
  }

  /**
   * What one of them has that is gone with the instance, though the guest goes on with it; {@code
   * null} if there is none.
   */
  public @Nullable String held() {
    for (Object attribute : this.attributes.values()) {
      String held = attribute instanceof HeldState state ? state.held() : null;
      if (held != null) {
        return held;
      }
    }
    return null;
  }

  public boolean isEmpty() {
    return this.attributes.isEmpty();
  }

  /** Closes those that can be closed, and forgets all; what fails at that is logged. */
  public void clear() {
    if (this.attributes.isEmpty()) {
      return;
    }
    for (Object attribute : this.attributes.values()) {
      if (attribute instanceof AutoCloseable resource) {
        close(resource);
      }
    }
    this.attributes.clear();
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception failure) {
      logger.warn("What belonged to an instance could not be closed", failure);
    }
  }
}
