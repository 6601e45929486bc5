package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after actors that were spawned by themselves, each as if it had a supervisor of its own,
 * and after supervision trees, which end when they can't help themselves.
 */
final class RootBody extends ExtensibleBehavior<RootCommand> {

  private static final Logger logger = LoggerFactory.getLogger(RootBody.class);

  private final ActorWorld world;
  private final Map<SupervisorCell, CompletableFuture<@Nullable Void>> beginning = new HashMap<>();

  RootBody(ActorWorld world) {
    this.world = world;
  }

  @Override
  public Behavior<RootCommand> receiveSignal(
      TypedActorContext<RootCommand> context, Signal signal) {
    return this;
  }

  @Override
  public Behavior<RootCommand> receive(TypedActorContext<RootCommand> typed, RootCommand command) {
    ActorContext<RootCommand> context = typed.asJava();
    if (command instanceof RootCommand.Adopt adopt) {
      adopt.actor().spawned(context.spawnAnonymous(ActorBody.of(adopt.actor(), this.world)));
    } else if (command instanceof RootCommand.Crashed crashed) {
      crashed(crashed.actor(), crashed.failure(), context);
    } else if (command instanceof RootCommand.End end) {
      end.actor().endReason = end.reason();
      stop(end.actor().ref(), context);
    } else if (command instanceof RootCommand.Plant plant) {
      this.beginning.put(plant.tree(), plant.begun());
      plant.tree().spawned(context.spawnAnonymous(SupervisorBody.of(plant.tree(), this.world)));
      plant.tree().begin(false);
    } else if (command instanceof RootCommand.TreeBegun begun) {
      CompletableFuture<@Nullable Void> waited = this.beginning.remove(begun.tree());
      if (waited != null) {
        waited.complete(null);
      }
    } else if (command instanceof RootCommand.TreeHalted halted) {
      stop(halted.tree().ref(), context);
    } else if (command instanceof RootCommand.TreeCrashed crashed) {
      crashed(crashed.tree(), crashed.failure(), context);
    } else if (command instanceof RootCommand.Fell fell) {
      fell.tree().halt();
    }
    return this;
  }

  private void crashed(ActorCell actor, WasmException failure, ActorContext<RootCommand> context) {
    WasmActorSettings settings = actor.settings();
    RestartWindow window = actor.window;
    if (window == null) {
      window = new RestartWindow(settings.restarts(), settings.restartPeriod());
      actor.window = window;
    }
    if (window.allows(System.nanoTime())) {
      logger.debug("The actor {} is restarted, it failed: {}", actor.name, failure.getMessage());
      actor.begin(true);
      return;
    }
    logger.warn(
        "The actor {} ends, for it crashed more than {} times within {}: {}",
        actor.name,
        settings.restarts(),
        settings.restartPeriod(),
        failure.getMessage());
    stop(actor.ref(), context);
  }

  private void crashed(
      SupervisorCell tree, WasmException failure, ActorContext<RootCommand> context) {
    CompletableFuture<@Nullable Void> waited = this.beginning.remove(tree);
    if (waited != null) {
      tree.gone.whenComplete((ended, never) -> waited.completeExceptionally(failure));
    } else {
      logger.error(
          "The supervision tree {} ends, for something in it crashed more than {} times within {}: {}",
          tree.path(),
          tree.plan.restarts(),
          tree.plan.period(),
          failure.getMessage());
    }
    stop(tree.ref(), context);
  }

  private static void stop(@Nullable ActorRef<?> actor, ActorContext<RootCommand> context) {
    if (actor != null) {
      context.stop(actor);
    }
  }

  /** Is told by actors and trees, on their threads. */
  static final class Ears implements Overseer {

    private volatile @Nullable ActorRef<RootCommand> root;

    void listenFor(ActorRef<RootCommand> body) {
      this.root = body;
    }

    void send(RootCommand command) {
      ActorRef<RootCommand> known = this.root;
      if (known != null) {
        known.tell(command);
      }
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public void begun(Supervised child) {
      if (child instanceof SupervisorCell tree) {
        send(new RootCommand.TreeBegun(tree));
      }
    }

    @Override
    public void halted(Supervised child) {
      if (child instanceof SupervisorCell tree) {
        send(new RootCommand.TreeHalted(tree));
      }
    }

    @Override
    public void crashed(Supervised child, WasmException failure) {
      if (child instanceof ActorCell actor) {
        send(new RootCommand.Crashed(actor, failure));
      } else if (child instanceof SupervisorCell tree) {
        send(new RootCommand.TreeCrashed(tree, failure));
      }
    }

    @Override
    public void wantsToEnd(ActorCell child) {
      send(new RootCommand.End(child, WasmActorEnd.Reason.STOPPED_ITSELF));
    }

    @Override
    public void end(ActorCell child) {
      send(new RootCommand.End(child, WasmActorEnd.Reason.STOPPED));
    }
  }
}
