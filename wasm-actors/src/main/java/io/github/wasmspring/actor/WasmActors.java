package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.client.WasmModuleManager;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Actors: each has a behaviour of its own, a module or Java, which gets one message at a time. Safe
 * for use by many threads. What fails is a {@link WasmException} with a category, as for every
 * call.
 */
public interface WasmActors extends AutoCloseable {

  /**
   * Collects what a system of actors is to be.
   *
   * @param manager has the modules; not closed
   */
  static WasmActorsBuilder builder(WasmModuleManager manager) {
    return new WasmActorsBuilder(manager);
  }

  /**
   * Adds a type of actors.
   *
   * @throws IllegalStateException if there is one of the name
   */
  void register(WasmActorType type);

  /** The types that there are, by name. */
  Collection<WasmActorType> types();

  /**
   * Has an actor begin. It may get messages from now on, and deals with them when it has begun. If
   * it can't begin, it crashes, see {@link #watch}.
   *
   * @param type of the actor; a type that is not registered is that of the module of this id
   * @param config for the behaviour, anything that Jackson writes
   * @throws WasmExecutionException {@code REJECTED} if there is one of the name, there are too
   *     many, or after {@link #close()}
   * @throws WasmException if there is neither such a type nor such a module, or the module is no
   *     behaviour and there is no Java in its place
   */
  WasmActorRef spawn(String type, String id, @Nullable Object config);

  /** Does the same unless there is one of the name. */
  WasmActorRef spawnIfAbsent(String type, String id, @Nullable Object config);

  /**
   * Sends a message and waits for nothing. Messages of one thread to one actor arrive in the order
   * in which they were sent. If there is no such actor, it becomes a dead letter.
   *
   * @param body anything that Jackson writes
   * @throws WasmExecutionException {@code REJECTED} if the mailbox is full and says so, or after
   *     {@link #close()}
   */
  void tell(WasmActorRef actor, String message, @Nullable Object body);

  /**
   * {@link #ask(WasmActorRef, String, Object, Class, Duration)} with the time that the system has
   * for that.
   */
  <T> CompletableFuture<@Nullable T> ask(
      WasmActorRef actor, String message, @Nullable Object body, Class<T> reply);

  /**
   * Sends a message, and gets the reply.
   *
   * @param reply what it is read as
   * @param timeout how long to wait; the message is dealt with all the same later
   * @return {@code null} if the message was dealt with without a reply; it fails with a {@link
   *     WasmException}: {@code NOT_FOUND} if there is no such actor, {@code REJECTED} if the
   *     mailbox is full or the actor ended before, {@code TIMEOUT} if the time is over, {@code
   *     OPERATION} if the behaviour refused, or that with which it crashed
   */
  <T> CompletableFuture<@Nullable T> ask(
      WasmActorRef actor, String message, @Nullable Object body, Class<T> reply, Duration timeout);

  /** Tells when an actor has ended; at once, if there is none. Being restarted is no end. */
  CompletableFuture<WasmActorEnd> watch(WasmActorRef actor);

  /**
   * Ends an actor when it has dealt with its present message; those that wait become dead letters.
   * An actor of a supervision tree is not restarted.
   *
   * @return when it has ended; at once, if there is none
   */
  CompletableFuture<WasmActorEnd> stop(WasmActorRef actor);

  /**
   * Starts a supervision tree, one child after the other, and waits until all have begun.
   *
   * @throws WasmExecutionException {@code REJECTED} if there is a tree, or an actor, of such a name
   * @throws WasmException that with which a child could not begin; all others have ended then
   */
  void supervise(WasmSupervisor tree);

  /**
   * Stops a supervision tree, the children that were started last first.
   *
   * @return when all of them have ended; at once, if there is no tree of the name
   */
  CompletableFuture<@Nullable Void> stopSupervisor(String name);

  /**
   * An object whose methods are messages to an actor, see {@link WasmActor}.
   *
   * @throws IllegalArgumentException if the type is no such interface
   */
  <T> T actor(Class<T> type, String id);

  /** The same, and has the actor begin, unless there is one of the name. */
  <T> T spawn(Class<T> type, String id, @Nullable Object config);

  /** Tells all actors that have subscribed to a topic. */
  void publish(String topic, @Nullable Object body);

  /** How an actor is. */
  Optional<WasmActorStatus> status(WasmActorRef actor);

  /**
   * How actors are, in no order.
   *
   * @param most how many of them
   */
  List<WasmActorStatus> status(int most);

  WasmActorsStats stats();

  /** The last messages that nobody has dealt with, the oldest first. */
  List<WasmActorDeadLetter> deadLetters();

  /**
   * Told of messages that nobody has dealt with, on the thread that finds out.
   *
   * @return removes it
   */
  Runnable onDeadLetter(Consumer<WasmActorDeadLetter> listener);

  /**
   * Puts the instance of an actor away until its next message, if it has one and nothing runs in
   * it.
   *
   * @return whether it hibernates now
   */
  boolean hibernate(WasmActorRef actor);

  /**
   * Takes no messages any more, lets those that wait be dealt with for a while, and ends all
   * actors.
   */
  @Override
  void close();
}
