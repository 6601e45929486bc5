package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.actor.SupervisedChild.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A supervisor as those of OTP: who crashes is restarted with those that the strategy names. They
 * are halted first, the last one first, and then begin in order, each when the one before has
 * begun. What crashes meanwhile, and is not restarted with them, has its turn afterwards.
 */
final class SupervisorBody extends ExtensibleBehavior<SupervisorCommand> {

  private static final Logger logger = LoggerFactory.getLogger(SupervisorBody.class);

  private final SupervisorCell cell;
  private final RestartWindow window;
  private final List<SupervisedChild> children;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Deque<Crash> crashes = new ArrayDeque<>();
  private Runnable afterwards = () -> {};
  private @Nullable Step current;

  /** Whether it looks after its children: not before they begin, nor after it was halted. */
  private boolean active;

  /** Whether its children begin for the first time since it did: if one can't, it can't. */
  private boolean starting;

  private record Step(SupervisedChild child, boolean begin) {}

  private record Crash(SupervisedChild child, WasmException failure) {}

  private SupervisorBody(SupervisorCell cell) {
    this.cell = cell;
    this.children = cell.children;
    this.window = new RestartWindow(cell.plan.restarts(), cell.plan.period());
  }

  /** With all that is below it; nothing begins yet. */
  static Behavior<SupervisorCommand> of(SupervisorCell cell, ActorWorld world) {
    return Behaviors.setup(
        context -> {
          for (SupervisedChild child : cell.children) {
            spawn(context, child, world);
          }
          return new SupervisorBody(cell);
        });
  }

  private static void spawn(
      ActorContext<SupervisorCommand> context, SupervisedChild child, ActorWorld world) {
    if (child.target instanceof ActorCell actor) {
      actor.spawned(context.spawnAnonymous(ActorBody.of(actor, world)));
    } else if (child.target instanceof SupervisorCell below) {
      below.spawned(context.spawn(of(below, world), below.plan.name()));
    }
  }

  @Override
  public Behavior<SupervisorCommand> receiveSignal(
      TypedActorContext<SupervisorCommand> context, Signal signal) {
    if (signal instanceof PostStop) {
      this.cell.end.complete(null);
    }
    return this;
  }

  @Override
  public Behavior<SupervisorCommand> receive(
      TypedActorContext<SupervisorCommand> context, SupervisorCommand command) {
    if (command instanceof SupervisorCommand.Begin) {
      this.active = true;
      this.window.forget();
      this.crashes.clear();
      this.starting = true;
      plan(
          List.of(),
          this.children,
          () -> {
            this.starting = false;
            this.cell.parent.begun(this.cell);
          });
    } else if (command instanceof SupervisorCommand.Halt) {
      this.active = false;
      this.starting = false;
      plan(this.children, List.of(), () -> this.cell.parent.halted(this.cell));
    } else if (command instanceof SupervisorCommand.ChildBegun begun) {
      begun(child(begun.child()));
    } else if (command instanceof SupervisorCommand.ChildHalted halted) {
      halted(child(halted.child()), context.asJava());
    } else if (command instanceof SupervisorCommand.ChildCrashed crashed) {
      crashed(child(crashed.child()), crashed.failure(), context.asJava());
    } else if (command instanceof SupervisorCommand.ChildWantsToEnd wish) {
      wantsToEnd(child(wish.child()), context.asJava());
    } else if (command instanceof SupervisorCommand.EndChild end) {
      dismiss(child(end.child()), context.asJava());
    }
    return this;
  }

  private SupervisedChild child(Supervised target) {
    for (SupervisedChild child : this.children) {
      if (child.target == target) {
        return child;
      }
    }
    throw new IllegalStateException(target.shown() + " is no child of " + this.cell.shown());
  }

  /**
   * Takes the place of what was to be done.
   *
   * @param halted those that are up are halted, the last one first
   * @param begun those begin then, in order
   */
  private void plan(
      List<SupervisedChild> halted, List<SupervisedChild> begun, Runnable afterwards) {
    this.steps.clear();
    this.current = null;
    this.afterwards = afterwards;
    for (int i = halted.size() - 1; i >= 0; i--) {
      this.steps.add(new Step(halted.get(i), false));
    }
    for (SupervisedChild each : begun) {
      this.steps.add(new Step(each, true));
    }
    next();
  }

  private void next() {
    for (Step step = this.steps.poll(); step != null; step = this.steps.poll()) {
      SupervisedChild child = step.child();
      if (step.begin() && child.state == State.DOWN) {
        this.current = step;
        child.state = State.BEGINNING;
        boolean again = child.hasBegun;
        child.hasBegun = true;
        child.target.begin(again);
        return;
      }
      if (!step.begin() && (child.isUp() || child.state == State.HALTING)) {
        this.current = step;
        if (child.isUp()) {
          child.state = State.HALTING;
          child.target.halt();
        }
        return;
      }
    }
    this.current = null;
    Runnable done = this.afterwards;
    this.afterwards = () -> {};
    done.run();
    restartNextCrashed();
  }

  private void restartNextCrashed() {
    while (this.active && this.current == null) {
      Crash crash = this.crashes.poll();
      if (crash == null) {
        return;
      }
      if (crash.child().state == State.DOWN) {
        restart(crash.child(), crash.failure());
      }
    }
  }

  private void begun(SupervisedChild child) {
    if (child.state == State.BEGINNING) {
      child.state = State.RUNNING;
      advance(child, true);
    }
  }

  private void halted(SupervisedChild child, ActorContext<SupervisorCommand> context) {
    if (child.state != State.HALTING) {
      return;
    }
    child.state = State.DOWN;
    // As in OTP, what is temporary and was halted for others does not come back.
    if (this.active && child.mode == WasmRestartMode.TEMPORARY) {
      dismiss(child, context);
    }
    advance(child, false);
  }

  private void advance(SupervisedChild child, boolean begin) {
    Step waited = this.current;
    if (waited != null && waited.child() == child && waited.begin() == begin) {
      next();
    }
  }

  private void crashed(
      SupervisedChild child, WasmException failure, ActorContext<SupervisorCommand> context) {
    if (!child.isUp()) {
      return;
    }
    boolean wasBeginning = child.state == State.BEGINNING;
    child.state = State.DOWN;
    if (!this.active) {
      advance(child, false);
      return;
    }
    if (wasBeginning && this.starting) {
      escalate(failure);
    } else if (child.mode == WasmRestartMode.TEMPORARY) {
      dismiss(child, context);
      advance(child, true);
    } else if (this.current == null || wasBeginning) {
      restart(child, failure);
    } else {
      this.crashes.add(new Crash(child, failure));
    }
  }

  private void wantsToEnd(SupervisedChild child, ActorContext<SupervisorCommand> context) {
    if (!child.isUp()) {
      return;
    }
    if (child.mode == WasmRestartMode.PERMANENT) {
      crashed(child, ended(child), context);
      return;
    }
    boolean wasBeginning = child.state == State.BEGINNING;
    ((ActorCell) child.target).endReason = WasmActorEnd.Reason.STOPPED_ITSELF;
    dismiss(child, context);
    if (wasBeginning) {
      advance(child, true);
    }
  }

  private static WasmException ended(SupervisedChild child) {
    ActorCell actor = (ActorCell) child.target;
    return new WasmExecutionException(
            WasmErrorCategory.OPERATION, "the actor ended, and is permanent", null)
        .locate(WasmErrorContext.of(actor.name.type(), null));
  }

  /** It ends, and does not come back. */
  private void dismiss(SupervisedChild child, ActorContext<SupervisorCommand> context) {
    child.state = State.GONE;
    if (child.target instanceof ActorCell actor) {
      ActorRef<ActorCommand> ref = actor.ref();
      if (ref != null) {
        context.stop(ref);
      }
    } else if (child.target instanceof SupervisorCell below) {
      context.stop(below.ref());
    }
  }

  private void restart(SupervisedChild child, WasmException failure) {
    if (!this.window.allows(System.nanoTime())) {
      escalate(failure);
      return;
    }
    logger.info(
        "{} restarts {} ({}), which failed: {}",
        this.cell.shown(),
        child.target.shown(),
        this.cell.plan.strategy(),
        failure.getMessage());
    List<SupervisedChild> affected =
        switch (this.cell.plan.strategy()) {
          case ONE_FOR_ONE -> List.of(child);
          case ONE_FOR_ALL -> this.children;
          case REST_FOR_ONE ->
              this.children.subList(this.children.indexOf(child), this.children.size());
        };
    Runnable rest = this.afterwards;
    List<SupervisedChild> begun = new ArrayList<>(affected);
    for (Step left : this.steps) {
      // What an earlier restart had left to do is not forgotten.
      if (left.begin() && !begun.contains(left.child())) {
        begun.add(left.child());
      }
    }
    plan(affected, begun, rest);
  }

  /** It can't help itself: all are halted, and its own overseer decides. */
  private void escalate(WasmException failure) {
    this.active = false;
    this.starting = false;
    this.crashes.clear();
    plan(this.children, List.of(), () -> this.cell.parent.crashed(this.cell, failure));
  }
}
