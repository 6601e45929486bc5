package io.github.wasmspring.actor;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A system of actors, with the guest that counts. */
final class ActorFixture implements AutoCloseable {

  static final String TALLY = "tally";

  private final WasmRuntime runtime;
  final WasmActors actors;

  ActorFixture(WasmRuntime.Builder runtime, UnaryOperator<WasmActorsBuilder> change) {
    this.runtime = runtime.module(tally()).build();
    this.actors = change.apply(WasmActors.builder(this.runtime.manager())).build();
  }

  static ActorFixture of(UnaryOperator<WasmActorsBuilder> change) {
    return new ActorFixture(WasmRuntime.builder().engine("jvm"), change);
  }

  static ActorFixture create() {
    return of(builder -> builder);
  }

  static WasmModuleDescriptor tally() {
    return WasmModuleDescriptor.builder(TALLY).location("classpath:wasm/tally.wasm").build();
  }

  WasmRuntime runtime() {
    return this.runtime;
  }

  /** What an actor replies. */
  @Nullable Long ask(WasmActorRef actor, String message, @Nullable Object body) {
    return get(this.actors.ask(actor, message, body, Long.class));
  }

  /** With what an actor fails. */
  WasmException fails(WasmActorRef actor, String message, @Nullable Object body) {
    try {
      Object reply = this.actors.ask(actor, message, body, Object.class).get(20, TimeUnit.SECONDS);
      throw new AssertionError("It replied " + reply);
    } catch (ExecutionException failed) {
      return (WasmException) failed.getCause();
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof WasmException known) {
        throw known;
      }
      throw new AssertionError(failed);
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new AssertionError("It did not come to that within 20 seconds");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    this.actors.close();
    this.runtime.close();
  }
}
