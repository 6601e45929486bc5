package io.github.wasmspring.actor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a behaviour wants done. It happens when the message has been dealt with, in this order, and
 * not at all if that failed. Bodies are anything that Jackson writes.
 */
public sealed interface WasmEffect {

  /** Answers who has asked; nobody, if nobody has. The first of a message counts. */
  record Reply(@Nullable Object body) implements WasmEffect {}

  /** Sends another actor, or itself, a message. */
  record Send(WasmActorRef to, String message, @Nullable Object body) implements WasmEffect {}

  /** Has another actor begin, unless there is one of the name. */
  record Spawn(WasmActorRef actor, @Nullable Object config) implements WasmEffect {}

  /** The actor ends. */
  record Stop() implements WasmEffect {}

  /**
   * The actor gets a message later, instead of an earlier timer of the name.
   *
   * @param after 1 ms or more
   * @param every {@code null} for once
   */
  record Timer(
      String name, Duration after, @Nullable Duration every, String message, @Nullable Object body)
      implements WasmEffect {}

  /** A timer does not run any more. */
  record CancelTimer(String name) implements WasmEffect {}

  /** The actor is told when another one ends; at once, if there is none. */
  record Watch(WasmActorRef actor) implements WasmEffect {}

  record Unwatch(WasmActorRef actor) implements WasmEffect {}

  /** The message is put aside, until {@link Unstash}; who asks waits. */
  record Stash() implements WasmEffect {}

  /** What was put aside comes next, in the order in which it came. */
  record Unstash() implements WasmEffect {}

  /** Gets what is published under a topic. */
  record Subscribe(String topic) implements WasmEffect {}

  record Unsubscribe(String topic) implements WasmEffect {}

  /** Tells all subscribers of a topic. */
  record Publish(String topic, @Nullable Object body) implements WasmEffect {}
}
