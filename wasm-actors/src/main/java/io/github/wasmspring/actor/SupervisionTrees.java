package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.actor.WasmSupervisor.ActorChild;
import io.github.wasmspring.actor.WasmSupervisor.SupervisorChild;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The supervision trees of a system, by name. */
final class SupervisionTrees {

  private final ActorWorld world;
  private final RootBody.Ears root;
  private final Consumer<ActorCell> admission;
  private final Map<String, SupervisorCell> trees = new ConcurrentHashMap<>();

  /**
   * @param admission adds an actor by its name, or refuses it
   */
  SupervisionTrees(ActorWorld world, RootBody.Ears root, Consumer<ActorCell> admission) {
    this.world = world;
    this.root = root;
    this.admission = admission;
  }

  /** See {@link WasmActors#supervise}. */
  void plant(WasmSupervisor plan) {
    SupervisorCell tree = tree(plan, this.root);
    if (this.trees.putIfAbsent(plan.name(), tree) != null) {
      throw new WasmExecutionException(
              WasmErrorCategory.REJECTED,
              "there is a supervisor '%s' already".formatted(plan.name()),
              null)
          .locate(WasmErrorContext.of(plan.name(), null));
    }
    tree.gone =
        tree.end.<@Nullable Void>handle(
            (ended, never) -> {
              this.trees.remove(plan.name(), tree);
              return null;
            });
    admit(tree);
    CompletableFuture<@Nullable Void> begun = new CompletableFuture<>();
    this.root.send(new RootCommand.Plant(tree, begun));
    try {
      begun.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof WasmException known ? known : failed;
    }
  }

  /** All of its actors, or none. */
  private void admit(SupervisorCell tree) {
    List<ActorCell> added = new ArrayList<>();
    boolean complete = false;
    try {
      for (ActorCell actor : tree.actors()) {
        this.admission.accept(actor);
        added.add(actor);
      }
      complete = true;
    } finally {
      if (!complete) {
        added.forEach(this.world.post::remove);
        this.trees.remove(tree.plan.name(), tree);
      }
    }
  }

  private SupervisorCell tree(WasmSupervisor plan, Overseer parent) {
    SupervisorCell cell = new SupervisorCell(plan, parent);
    for (WasmSupervisor.Child child : plan.children()) {
      Supervised target =
          child instanceof ActorChild actor
              ? new ActorCell(
                  actor.actor(),
                  this.world.spawner().kind(actor.actor().type()),
                  this.world.json.tree(actor.config()),
                  cell)
              : tree(((SupervisorChild) child).supervisor(), cell);
      cell.children.add(new SupervisedChild(target, child.restart()));
    }
    return cell;
  }

  /** See {@link WasmActors#stopSupervisor}. */
  CompletableFuture<@Nullable Void> fell(String name) {
    SupervisorCell tree = this.trees.get(name);
    if (tree == null) {
      return CompletableFuture.completedFuture(null);
    }
    this.root.send(new RootCommand.Fell(tree));
    return tree.gone.copy();
  }

  /** All of them. */
  CompletableFuture<@Nullable Void> fell() {
    List<CompletableFuture<@Nullable Void>> felled = new ArrayList<>();
    for (String tree : this.trees.keySet()) {
      felled.add(fell(tree));
    }
    return CompletableFuture.allOf(felled.toArray(new CompletableFuture<?>[0]))
        .<@Nullable Void>thenApply(all -> null);
  }
}
