package io.github.wasmspring.channel;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmTopicPattern;
import java.util.List;

/**
 * What became of a message.
 *
 * @param refusedBy the routes that had no room for it
 */
record Publication(Outcome outcome, List<String> refusedBy) {

  /** With the numbers that guests get. */
  enum Outcome {
    ACCEPTED(0),
    FULL(-1),
    NO_ROUTE(-2),
    NOT_ALLOWED(-3),
    BAD_ADDRESS(-4),
    TOO_LARGE(-5),
    BAD_TOPIC(-6),
    CLOSED(-7),
    TOO_MANY_HOPS(-8);

    private final int number;

    Outcome(int number) {
      this.number = number;
    }

    int number() {
      return this.number;
    }
  }

  static Publication of(Outcome outcome) {
    return new Publication(outcome, List.of());
  }

  /**
   * @throws WasmException if not every route with the topic has got the message
   */
  void requireAccepted(String topic, int size, WasmChannelSettings settings) {
    switch (this.outcome) {
      case ACCEPTED -> {}
      case FULL ->
          throw rejected(
              "the message to '%s' was refused for want of room by %s; give the route more capacity or concurrency, or publish less"
                  .formatted(topic, this.refusedBy));
      case NO_ROUTE ->
          throw new WasmExecutionException(
              WasmErrorCategory.NOT_FOUND, "no route has the topic '" + topic + "'", null);
      case CLOSED -> throw rejected("the channels are closed");
      case TOO_LARGE ->
          throw new WasmInvalidInputException(
              "the message to '%s' has %d bytes, and %d are allowed (wasm.channels.max-payload)"
                  .formatted(topic, size, settings.maxPayload()));
      case TOO_MANY_HOPS ->
          throw new WasmInvalidInputException(
              "the message to '%s' comes after more than %d others, each published while the one before was delivered (wasm.channels.max-hops): do they go in circles?"
                  .formatted(topic, settings.maxHops()));
      case BAD_TOPIC, NOT_ALLOWED, BAD_ADDRESS ->
          throw new WasmInvalidInputException(
              "a topic is words of letters, digits and _ - : / parted by dots, %d characters at most"
                  .formatted(WasmTopicPattern.MAX_LENGTH));
    }
  }

  private static WasmExecutionException rejected(String detail) {
    return new WasmExecutionException(WasmErrorCategory.REJECTED, detail, null);
  }
}
