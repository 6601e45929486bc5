package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is known of an actor outside of it. The lock is held by whoever has its instance: the actor
 * while it deals with a message, or who puts the instance away.
 */
final class ActorCell implements Supervised {

  final WasmActorRef name;
  final ActorKind kind;
  final JsonNode config;
  final Overseer overseer;
  final CompletableFuture<WasmActorEnd> end = new CompletableFuture<>();
  final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Guarded by the lock. */
  @Nullable BehaviorInstance instance;

  /** Guarded by the lock; the bytes of the instance's memory, as they were last counted. */
  long memoryBytes;

  /** Guarded by the lock; {@code null} if it does not hibernate. */
  StoredStates.@Nullable Stored stored;

  /** Guarded by the lock; what a restarted actor begins with. */
  byte @Nullable [] snapshot;

  /** Guarded by the lock; whether it is where instances that could be put away are looked for. */
  boolean inClock;

  /** Whether it was used since somebody looked. */
  volatile boolean touched;

  /** The tick of the clock at which it was last used. */
  volatile int usedAt;

  /** Whether its instance can't be put away. */
  volatile boolean pinned;

  /** Whether it is to halt, and takes no further message. */
  volatile boolean halting;

  volatile boolean begun;
  volatile int restarts;
  volatile long messages;
  volatile @Nullable WasmException lastFailure;
  volatile WasmActorEnd.Reason endReason = WasmActorEnd.Reason.STOPPED;

  /** How often it was restarted lately; for its overseer alone. */
  @Nullable RestartWindow window;

  private volatile @Nullable ActorRef<ActorCommand> ref;
  private @Nullable List<ActorCommand> early;

  ActorCell(WasmActorRef name, ActorKind kind, JsonNode config, Overseer overseer) {
    this.name = name;
    this.kind = kind;
    this.config = config;
    this.overseer = overseer;
  }

  @Override
  public String shown() {
    return this.name.toString();
  }

  @Override
  public void begin(boolean again) {
    send(new ActorCommand.Begin(again));
  }

  /** Messages that wait before that wait on. */
  @Override
  public void halt() {
    this.halting = true;
    send(new ActorCommand.Halt());
  }

  WasmActorSettings settings() {
    return this.kind.type().settings();
  }

  /** Sends it something; what comes before there is an actor of Pekko waits for that. */
  void send(ActorCommand command) {
    ActorRef<ActorCommand> known = this.ref;
    if (known != null) {
      known.tell(command);
    } else {
      sendEarly(command);
    }
  }

  private synchronized void sendEarly(ActorCommand command) {
    ActorRef<ActorCommand> known = this.ref;
    if (known != null) {
      known.tell(command);
      return;
    }
    if (this.early == null) {
      this.early = new ArrayList<>(2);
    }
    this.early.add(command);
  }

  synchronized void spawned(ActorRef<ActorCommand> made) {
    if (this.early != null) {
      this.early.forEach(made::tell);
      this.early = null;
    }
    this.ref = made;
  }

  /** {@code null} until there is one. */
  @Nullable ActorRef<ActorCommand> ref() {
    return this.ref;
  }

  /** For the actor itself alone, as nobody else counts. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void beginsAgain() {
    this.restarts++;
  }

  /** For the actor itself alone, as nobody else counts. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void hasDealtWithOne() {
    this.messages++;
  }

  /**
   * @return whether there was room for another message
   */
  boolean admit() {
    int most = settings().mailbox();
    int now = this.waiting.get();
    while (now < most) {
      if (this.waiting.compareAndSet(now, now + 1)) {
        return true;
      }
      now = this.waiting.get();
    }
    return false;
  }

  void dismiss() {
    this.waiting.decrementAndGet();
  }

  int waiting() {
    return this.waiting.get();
  }
}
