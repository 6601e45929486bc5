package io.github.wasmspring;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The instance that called a host function. Once that function has returned, the instance may work
 * for somebody else, and everything here and the memory throw {@link IllegalStateException}.
 */
public interface WasmCaller {

  /** The memory of the instance, {@code null} if the module has none. */
  @Nullable WasmMemory memory();

  /**
   * Something of the host's own that belongs to this instance and lives as long as the state of its
   * guest does: made on the first call, dropped when the instance is reset or thrown away, and
   * closed then if it is {@link AutoCloseable}.
   */
  <T> T attribute(Class<T> type, Supplier<T> initial);

  /**
   * A number that the instance exports.
   *
   * @throws java.util.NoSuchElementException if it exports no global of the name
   * @throws IllegalArgumentException if the global holds no number
   */
  WasmGlobal global(String export);

  /**
   * A table that the instance exports. Calls of what is in it are part of the call that this host
   * function is called in: they have its deadline.
   *
   * @throws java.util.NoSuchElementException if it exports no table of the name
   */
  WasmTable table(String export);

  /**
   * Calls back into the instance.
   *
   * @throws java.util.NoSuchElementException if it exports no function of the name
   * @throws IllegalArgumentException if the function takes other arguments
   */
  long[] call(String export, long... arguments);
}
