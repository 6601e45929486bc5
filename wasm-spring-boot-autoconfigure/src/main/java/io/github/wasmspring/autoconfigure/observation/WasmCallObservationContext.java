package io.github.wasmspring.autoconfigure.observation;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmCallId;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** What is known of a call; who answered it when it has ended. */
public final class WasmCallObservationContext extends Observation.Context {

  private final WasmCallId call;
  private @Nullable String engine;
  private @Nullable WasmSource source;
  private @Nullable WasmException failure;
  private @Nullable WasmException hidden;

  public WasmCallObservationContext(WasmCallId call) {
    this.call = call;
  }

  void ended(
      String engine,
      WasmSource source,
      @Nullable WasmException failure,
      @Nullable WasmException hidden) {
    this.engine = engine;
    this.source = source;
    this.failure = failure;
    this.hidden = hidden;
  }

  public WasmCallId call() {
    return this.call;
  }

  /** {@code null} until the call has ended. */
  public @Nullable String engine() {
    return this.engine;
  }

  /** {@code null} until the call has ended. */
  public @Nullable WasmSource source() {
    return this.source;
  }

  /** What is thrown to the caller, {@code null} if the call was answered or has not ended. */
  public @Nullable WasmException failure() {
    return this.failure;
  }

  /** What a fallback answered in place of, {@code null} if nothing was hidden. */
  public @Nullable WasmException hidden() {
    return this.hidden;
  }
}
