package io.github.wasmspring.pipeline;

import io.github.wasmspring.client.WasmModuleManager;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a stage beside what it does. Without a word, its failure ends the run.
 *
 * @param <T> what it is given
 * @param <U> what it hands over
 */
public final class WasmStage<T, U extends @Nullable Object> {

  String range = WasmModuleManager.DEFAULT;
  final Map<String, Object> options = new LinkedHashMap<>();
  @Nullable Duration timeout;
  @Nullable WasmStageFunction<Object, Object> input;
  @Nullable BiFunction<Object, Exception, @Nullable Object> fallback;
  boolean skipped;

  WasmStage() {}

  /** The range of versions of the module that will do; else the default version is called. */
  public WasmStage<T, U> version(String versions) {
    this.range = Objects.requireNonNull(versions);
    return this;
  }

  /** Another argument of the operation, by the name of its parameter. */
  public WasmStage<T, U> option(String parameter, Object value) {
    this.options.put(parameter, value);
    return this;
  }

  /**
   * How long it may take, within what is left for all.
   *
   * @throws IllegalArgumentException if that is nothing
   */
  public WasmStage<T, U> timeout(Duration longest) {
    if (longest.isZero() || longest.isNegative()) {
      throw new IllegalArgumentException("A timeout must be positive, not " + longest);
    }
    this.timeout = longest;
    return this;
  }

  /** What the operation is given first, in place of what the stage before has handed over. */
  @SuppressWarnings("unchecked") // the stage is given nothing else
  public WasmStage<T, U> input(WasmStageFunction<T, ?> made) {
    this.input = (WasmStageFunction<Object, Object>) (WasmStageFunction<?, ?>) made;
    return this;
  }

  /** If it fails, what it was given is handed over. */
  public WasmStage<T, U> skipOnFailure() {
    this.skipped = true;
    return this;
  }

  /** If it fails, this is handed over. */
  public WasmStage<T, U> fallback(U value) {
    return fallback((given, failure) -> value);
  }

  /** If it fails, what Java makes of what it was given is handed over. */
  @SuppressWarnings("unchecked") // the stage is given nothing else
  public WasmStage<T, U> fallback(BiFunction<T, Exception, U> made) {
    this.fallback = (BiFunction<Object, Exception, @Nullable Object>) (BiFunction<?, ?, ?>) made;
    return this;
  }
}
