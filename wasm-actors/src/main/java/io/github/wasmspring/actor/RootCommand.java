package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the root of a system is sent. */
sealed interface RootCommand {

  record Adopt(ActorCell actor) implements RootCommand {}

  record Crashed(ActorCell actor, WasmException failure) implements RootCommand {}

  record End(ActorCell actor, WasmActorEnd.Reason reason) implements RootCommand {}

  /**
   * @param begun completed when all of it has begun
   */
  record Plant(SupervisorCell tree, CompletableFuture<@Nullable Void> begun)
      implements RootCommand {}

  record TreeBegun(SupervisorCell tree) implements RootCommand {}

  record TreeHalted(SupervisorCell tree) implements RootCommand {}

  record TreeCrashed(SupervisorCell tree, WasmException failure) implements RootCommand {}

  record Fell(SupervisorCell tree) implements RootCommand {}
}
