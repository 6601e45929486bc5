package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;

/** Tells how actors are, without stopping any. */
final class ActorStatusReader {

  private final ActorWorld world;

  ActorStatusReader(ActorWorld world) {
    this.world = world;
  }

  static WasmActorStatus statusOf(ActorCell cell) {
    StoredStates.Stored stored = cell.stored;
    WasmException failure = cell.lastFailure;
    return new WasmActorStatus(
        cell.name,
        cell.overseer.path(),
        stateOf(cell, stored != null),
        cell.kind.isModule() ? "module" : "java",
        cell.waiting(),
        cell.messages,
        cell.restarts,
        stored == null ? 0 : stored.length(),
        failure == null ? null : failure.getMessage());
  }

  private static WasmActorStatus.State stateOf(ActorCell cell, boolean hibernates) {
    if (!cell.begun) {
      return WasmActorStatus.State.STARTING;
    }
    return hibernates ? WasmActorStatus.State.HIBERNATED : WasmActorStatus.State.LIVE;
  }

  WasmActorsStats stats() {
    return new WasmActorsStats(
        this.world.post.count(),
        this.world.live.live(),
        this.world.live.states().count(),
        this.world.live.states().bytes(),
        this.world.post.pending(),
        this.world.messages.sum(),
        this.world.failures.sum(),
        this.world.restarts.sum(),
        this.world.post.dead().count(),
        this.world.live.hibernations(),
        this.world.live.wakes());
  }
}
