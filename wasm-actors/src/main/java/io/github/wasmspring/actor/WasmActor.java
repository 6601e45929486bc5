package io.github.wasmspring.actor;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An interface whose methods are messages to an actor of a type: the name of the method is that of
 * the message; no argument is the body {@code null}, one is the body, several are an object with
 * their names. A method that returns {@code void} tells; one that returns a {@code
 * CompletableFuture} or a {@code Mono} asks, and so does one that returns a value, and waits.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WasmActor {

  /** The type of the actors. */
  String value();
}
