package io.github.wasmspring.channel;

/** Takes messages in Java. */
@FunctionalInterface
public interface WasmMessageHandler {

  /**
   * Called on a thread of the channels.
   *
   * @throws Exception if the message is to be tried again and, in the end, to be a dead letter
   */
  void handle(WasmMessage message) throws Exception;
}
