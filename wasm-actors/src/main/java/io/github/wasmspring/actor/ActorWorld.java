package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What all actors of a system share. */
final class ActorWorld {

  final ActorJson json;
  final PostOffice post;
  final Topics topics;
  final LiveInstances live;
  final LongAdder messages = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder restarts = new LongAdder();
  private final Spawner spawner;

  /** Has further actors begin. */
  interface Spawner {

    /**
     * @throws WasmException if there can be none of the type
     */
    ActorKind kind(String type);

    /** Unless there is one of the name. */
    void spawn(ActorKind kind, WasmActorRef actor, JsonNode config);
  }

  ActorWorld(ActorJson json, PostOffice post, LiveInstances live, Spawner spawner) {
    this.json = json;
    this.post = post;
    this.topics = new Topics(post);
    this.live = live;
    this.spawner = spawner;
  }

  Spawner spawner() {
    return this.spawner;
  }

  WasmActorMessage message(
      String name,
      WasmActorMessageKind kind,
      @Nullable WasmActorRef sender,
      @Nullable Object body) {
    return WasmActorMessage.of(name, kind, sender, this.json.tree(body), this.json.mapper());
  }

  CompletableFuture<WasmActorEnd> end(WasmActorRef actor) {
    ActorCell known = this.post.find(actor);
    return known == null
        ? CompletableFuture.completedFuture(
            new WasmActorEnd(actor, WasmActorEnd.Reason.NO_ACTOR, null))
        : known.end;
  }
}
