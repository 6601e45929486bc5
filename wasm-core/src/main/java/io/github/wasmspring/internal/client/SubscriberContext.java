package io.github.wasmspring.internal.client;

import org.jspecify.annotations.Nullable;

/** What the context of Reactor knows of whoever subscribes. */
@FunctionalInterface
interface SubscriberContext {

  /**
   * What is there under a key.
   *
   * @return {@code null} if nothing is
   */
  @Nullable Object find(String key);
}
