package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.actor.WasmActorDeadLetter.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.NullNode;

/** Runs the behaviour of one actor, a message at a time. */
final class ActorBody extends ExtensibleBehavior<ActorCommand> {

  private final ActorCell cell;
  private final ActorWorld world;
  private final EffectRunner effects;

  /** Messages that came while there was no instance, or that were put aside and come next. */
  private final Deque<Letter> waiting = new ArrayDeque<>(0);

  private int sinceSnapshot;

  private ActorBody(ActorCell cell, ActorWorld world, TimerScheduler<ActorCommand> timers) {
    this.cell = cell;
    this.world = world;
    this.effects = new EffectRunner(cell, world, timers);
  }

  static Behavior<ActorCommand> of(ActorCell cell, ActorWorld world) {
    return Behaviors.withTimers(timers -> new ActorBody(cell, world, timers));
  }

  @Override
  public Behavior<ActorCommand> receive(
      TypedActorContext<ActorCommand> context, ActorCommand command) {
    if (command instanceof ActorCommand.Deliver deliver) {
      this.waiting.addLast(deliver.letter());
    } else if (command instanceof ActorCommand.Due due) {
      due(due);
    } else if (command instanceof ActorCommand.Begin begin) {
      begin(begin.again());
    } else {
      halt();
    }
    while (this.cell.begun && !this.cell.halting && !this.waiting.isEmpty()) {
      handle(this.waiting.pollFirst());
    }
    return this;
  }

  @Override
  public Behavior<ActorCommand> receiveSignal(
      TypedActorContext<ActorCommand> context, Signal signal) {
    if (signal instanceof PostStop) {
      end();
    }
    return this;
  }

  private WasmActorStart start() {
    return new WasmActorStart(
        this.cell.name, this.cell.restarts, this.cell.config, this.world.json.mapper());
  }

  private void begin(boolean again) {
    if (this.cell.begun) {
      return;
    }
    if (again) {
      this.cell.beginsAgain();
      this.world.restarts.increment();
    }
    this.cell.halting = false;
    this.sinceSnapshot = 0;
    List<WasmEffect> wanted = null;
    WasmException failure = null;
    this.cell.lock.lock();
    try {
      BehaviorInstance instance = this.world.live.fresh(this.cell);
      wanted = instance.init(start());
      byte[] snapshot = this.cell.snapshot;
      if (snapshot != null) {
        instance.restore(snapshot);
      }
      this.effects.check(wanted);
      this.world.live.used(this.cell);
      this.cell.begun = true;
      this.cell.endReason = WasmActorEnd.Reason.STOPPED;
    } catch (RuntimeException | StackOverflowError thrown) {
      failure = known(thrown, "init");
      this.world.live.drop(this.cell, false);
    } finally {
      this.cell.lock.unlock();
    }
    if (failure != null) {
      crashed(failure);
      return;
    }
    run(wanted == null ? List.of() : wanted, null);
    if (this.cell.begun) {
      this.cell.overseer.begun(this.cell);
    }
  }

  private void due(ActorCommand.Due due) {
    if (this.cell.begun && !this.cell.halting && this.effects.isDue(due)) {
      handle(new Letter(this.cell, due.message(), null, false));
    }
  }

  private void handle(Letter letter) {
    List<WasmEffect> wanted = null;
    WasmException failure = null;
    boolean crash = false;
    this.cell.lock.lock();
    try {
      BehaviorInstance instance = this.world.live.awake(this.cell, this::start);
      wanted = instance.receive(letter.message());
      this.effects.check(wanted);
      snapshotIfDue(instance);
      this.world.live.used(this.cell);
      this.cell.hasDealtWithOne();
    } catch (RuntimeException | StackOverflowError thrown) {
      failure = known(thrown, letter.message().name());
      crash = !isAnswer(failure);
      if (crash) {
        this.world.live.drop(this.cell, false);
      }
    } finally {
      this.cell.lock.unlock();
    }
    if (failure == null) {
      this.world.messages.increment();
      if (run(wanted == null ? List.of() : wanted, letter)) {
        return;
      }
    } else {
      this.world.failures.increment();
      letter.fail(failure);
      if (crash) {
        this.world.post.crashed(letter);
        crashed(failure);
      } else {
        this.cell.lastFailure = failure;
      }
    }
    this.world.post.done(letter);
  }

  /** What the behaviour itself says is wrong with a message is no crash. */
  private static boolean isAnswer(WasmException failure) {
    return failure.category() == WasmErrorCategory.OPERATION
        || failure.category() == WasmErrorCategory.INVALID_INPUT;
  }

  private void snapshotIfDue(BehaviorInstance instance) {
    int every = this.cell.settings().snapshotEvery();
    if (every == 0 || ++this.sinceSnapshot < every) {
      return;
    }
    byte[] snapshot = instance.snapshot();
    if (snapshot == null) {
      throw new WasmExecutionException(
          WasmErrorCategory.SIGNATURE,
          "actors of type '%s' are to take snapshots (snapshot-every), and their behaviour takes none"
              .formatted(this.cell.name.type()),
          null);
    }
    this.cell.snapshot = snapshot;
    this.sinceSnapshot = 0;
  }

  private WasmException known(Throwable thrown, String operation) {
    WasmException failure =
        thrown instanceof WasmException known
            ? known
            : new WasmExecutionException(
                WasmErrorCategory.ENGINE, "the actor failed unexpectedly: " + thrown, thrown);
    return failure.locate(new WasmErrorContext(this.cell.name.type(), null, operation, null));
  }

  /**
   * @param letter what they are the effects of, {@code null} if of the beginning
   * @return whether the message was put aside
   */
  private boolean run(List<WasmEffect> wanted, @Nullable Letter letter) {
    EffectRunner.Outcome outcome = this.effects.run(wanted, letter);
    if (letter != null && !outcome.aside()) {
      letter.answer(NullNode.getInstance());
    }
    if (outcome.unstash()) {
      takeUp();
    }
    if (outcome.stop()) {
      letGo(true);
      this.cell.overseer.wantsToEnd(this.cell);
    }
    return outcome.aside();
  }

  private void takeUp() {
    for (Letter next = this.effects.lastAside(); next != null; next = this.effects.lastAside()) {
      this.world.post.takenUp(next);
      this.waiting.addFirst(next);
    }
  }

  private void crashed(WasmException failure) {
    this.cell.lastFailure = failure;
    this.cell.endReason = WasmActorEnd.Reason.CRASHED;
    letGo(false);
    this.cell.overseer.crashed(this.cell, failure);
  }

  private void halt() {
    letGo(true);
    this.cell.overseer.halted(this.cell);
  }

  /** Messages that were put aside are for the next life. */
  private void letGo(boolean fit) {
    this.cell.lock.lock();
    try {
      this.cell.begun = false;
      this.world.live.drop(this.cell, fit);
    } finally {
      this.cell.lock.unlock();
    }
    this.effects.endLife();
    takeUp();
  }

  private void end() {
    letGo(true);
    this.world.post.remove(this.cell);
    for (Letter letter : this.waiting) {
      this.world.post.bury(letter, Reason.ENDED);
      this.world.post.done(letter);
    }
    this.waiting.clear();
    this.cell.end.complete(
        new WasmActorEnd(
            this.cell.name,
            this.cell.endReason,
            this.cell.endReason == WasmActorEnd.Reason.CRASHED ? this.cell.lastFailure : null));
  }
}
