package io.github.wasmspring.channel;

import org.jspecify.annotations.Nullable;

/** Who gets the messages of a route. */
interface MessageTarget {

  /**
   * @return the answer, {@code null} if there is none
   */
  byte @Nullable [] deliver(WasmMessage message) throws Exception;
}
