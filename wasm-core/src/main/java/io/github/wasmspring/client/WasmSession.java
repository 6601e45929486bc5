package io.github.wasmspring.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTable;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One instance, lent to the caller alone, so that data stays in its memory between calls. For one
 * thread at a time. After {@link #close()} nothing of it works any more.
 */
public interface WasmSession extends AutoCloseable {

  /**
   * Calls an exported function with raw values.
   *
   * @param arguments one element per parameter; {@code f32} and {@code f64} as their raw bits
   * @return one element per result in the same form
   * @throws WasmException if the guest gives no answer; the session can only be closed then
   * @throws IllegalArgumentException if the function takes other arguments
   * @throws IllegalStateException after {@link #close()}
   */
  long[] call(String export, long... arguments);

  /**
   * An object whose methods call this instance. There is no fallback inside a session: a default
   * method with an export calls the export, one without is an ordinary Java method.
   */
  <T> T bind(Class<T> type);

  /**
   * @throws IllegalStateException after {@link #close()}, or if the module has no memory
   */
  WasmMemory memory();

  /**
   * A number that the instance exports.
   *
   * @throws java.util.NoSuchElementException if it exports no global of the name
   * @throws IllegalArgumentException if the global holds no number
   * @throws IllegalStateException after {@link #close()}
   */
  WasmGlobal global(String export);

  /**
   * A table that the instance exports. Calls of what is in it are calls of this session.
   *
   * @throws java.util.NoSuchElementException if it exports no table of the name
   * @throws IllegalStateException after {@link #close()}
   */
  WasmTable table(String export);

  /**
   * What {@link io.github.wasmspring.WasmCaller#attribute} is for the host functions that this
   * instance calls: how they are told what the session is for. It is dropped with the session,
   * unless the instance is not reset.
   *
   * @param initial makes it, where there is none
   * @throws IllegalStateException after {@link #close()}
   */
  <T> T attribute(Class<T> type, Supplier<T> initial);

  /**
   * What the instance is now, as the difference to a fresh one and not compressed, to be loaded
   * into the session of any other instance of the same code, in this process.
   *
   * @return empty if the engine can't tell, or there is more to the instance than its own memories,
   *     tables and globals
   * @throws IllegalStateException after {@link #close()}, or while a call runs
   */
  default Optional<byte[]> save() {
    return Optional.empty();
  }

  /**
   * Makes the instance what another one was when it was saved.
   *
   * @param state from {@link #save()}; nothing else is safe
   * @throws WasmException {@code MEMORY_LIMIT} if it is of other code or there is no room for it;
   *     the session can only be closed then
   * @throws IllegalStateException after {@link #close()}, or while a call runs
   */
  default void load(byte[] state) {
    throw new IllegalStateException("What was saved can't be loaded here");
  }

  /** Gives the instance back. */
  @Override
  void close();
}
