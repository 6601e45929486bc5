package io.github.wasmspring.actor;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message on its way.
 *
 * @param to who gets it
 * @param message what it says
 * @param reply who asks, {@code null} for nobody
 * @param counted whether it has a place in the mailbox
 */
record Letter(
    ActorCell to,
    WasmActorMessage message,
    @Nullable CompletableFuture<JsonNode> reply,
    boolean counted) {

  /** Whoever asks, gets no reply. */
  void fail(Throwable failure) {
    if (this.reply != null) {
      this.reply.completeExceptionally(failure);
    }
  }

  void answer(JsonNode body) {
    if (this.reply != null) {
      this.reply.complete(body);
    }
  }
}
