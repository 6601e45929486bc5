package io.github.wasmspring.actor;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.actor.WasmActorDeadLetter.Reason;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Knows all actors by name, and brings them what they are sent. */
final class PostOffice {

  private final Map<WasmActorRef, ActorCell> actors = new ConcurrentHashMap<>();
  private final DeadLetterBox dead;
  private final AtomicLong pending = new AtomicLong();
  private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
  private volatile boolean draining;

  PostOffice(DeadLetterBox dead) {
    this.dead = dead;
  }

  /**
   * @return {@code false} if there is one of the name
   */
  boolean add(ActorCell actor) {
    return this.actors.putIfAbsent(actor.name, actor) == null;
  }

  void remove(ActorCell actor) {
    this.actors.remove(actor.name, actor);
  }

  @Nullable ActorCell find(WasmActorRef name) {
    return this.actors.get(name);
  }

  Collection<ActorCell> all() {
    return this.actors.values();
  }

  int count() {
    return this.actors.size();
  }

  /** Sends what nobody waits for; what can't be delivered is a dead letter. */
  void send(WasmActorRef to, WasmActorMessage message) {
    ActorCell actor = this.actors.get(to);
    if (actor == null) {
      this.dead.add(to, message, Reason.NO_ACTOR);
    } else if (!deliver(actor, message, null)) {
      this.dead.add(to, message, Reason.MAILBOX_FULL);
    }
  }

  /**
   * The same for a sender that can be told.
   *
   * @throws WasmExecutionException {@code REJECTED} if the mailbox is full and says so
   */
  void tell(WasmActorRef to, WasmActorMessage message) {
    ActorCell actor = this.actors.get(to);
    if (actor == null) {
      this.dead.add(to, message, Reason.NO_ACTOR);
    } else if (!deliver(actor, message, null)) {
      if (actor.settings().mailboxPolicy() == WasmMailboxPolicy.REJECT) {
        throw full(actor, message);
      }
      this.dead.add(to, message, Reason.MAILBOX_FULL);
    }
  }

  /** Sends what somebody waits for, who is told whatever happens. */
  void ask(WasmActorRef to, WasmActorMessage message, CompletableFuture<JsonNode> reply) {
    ActorCell actor = this.actors.get(to);
    if (actor == null) {
      reply.completeExceptionally(
          located(
              new WasmExecutionException(
                  WasmErrorCategory.NOT_FOUND,
                  "there is no actor %s; spawn it before it is asked".formatted(to),
                  null),
              to,
              message));
    } else if (!deliver(actor, message, reply)) {
      if (actor.settings().mailboxPolicy() == WasmMailboxPolicy.DROP) {
        this.dead.add(to, message, Reason.MAILBOX_FULL);
      }
      reply.completeExceptionally(full(actor, message));
    }
  }

  private boolean deliver(
      ActorCell actor, WasmActorMessage message, @Nullable CompletableFuture<JsonNode> reply) {
    if (!actor.admit()) {
      return false;
    }
    this.pending.incrementAndGet();
    actor.send(new ActorCommand.Deliver(new Letter(actor, message, reply, true)));
    return true;
  }

  private static WasmException full(ActorCell actor, WasmActorMessage message) {
    return located(
        new WasmExecutionException(
            WasmErrorCategory.REJECTED,
            "the mailbox of the actor %s is full, %d messages wait; send less, or raise mailbox"
                .formatted(actor.name, actor.settings().mailbox()),
            null),
        actor.name,
        message);
  }

  private static WasmException located(
      WasmException failure, WasmActorRef to, WasmActorMessage message) {
    return failure.locate(new WasmErrorContext(to.type(), null, message.name(), null));
  }

  /** A message has been dealt with, or never will be. */
  void done(Letter letter) {
    if (letter.counted()) {
      letter.to().dismiss();
      settled();
    }
  }

  /** A message was put aside: nobody knows for how long. */
  void putAside(Letter letter) {
    if (letter.counted()) {
      settled();
    }
  }

  /** A message that was put aside comes next. */
  void takenUp(Letter letter) {
    if (letter.counted()) {
      this.pending.incrementAndGet();
    }
  }

  private void settled() {
    if (this.pending.decrementAndGet() == 0 && this.draining) {
      this.drained.complete(true);
    }
  }

  /** A message that its actor has not dealt with, for it has ended. */
  void bury(Letter letter, Reason reason) {
    this.dead.add(letter.to().name, letter.message(), reason);
    letter.fail(
        located(
            new WasmExecutionException(
                WasmErrorCategory.REJECTED,
                "the actor %s %s before it dealt with the message"
                    .formatted(
                        letter.to().name,
                        reason == Reason.STASH_FULL
                            ? "put more messages aside than it may"
                            : "ended"),
                null),
            letter.to().name,
            letter.message()));
  }

  void crashed(Letter letter) {
    this.dead.add(letter.to().name, letter.message(), Reason.CRASHED);
  }

  /** When no message waits any more. */
  CompletableFuture<Boolean> drain() {
    this.draining = true;
    if (this.pending.get() == 0) {
      this.drained.complete(true);
    }
    return this.drained;
  }

  long pending() {
    return this.pending.get();
  }

  DeadLetterBox dead() {
    return this.dead;
  }
}
