package io.github.wasmspring.engine;

import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.module.WasmExternalValue;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A module with a memory of its own; used by one thread at a time. */
public interface WasmInstance extends AutoCloseable {

  /**
   * @param function the index of an exported function
   * @param arguments one element per parameter; {@code f32} and {@code f64} as their raw bits,
   *     {@code v128} as two elements, the lower half first
   * @return one element per result in the same form
   * @throws WasmExecutionException if the guest does not come to an answer
   */
  long[] call(int function, long... arguments);

  /** {@code null} if the module has no memory. */
  @Nullable WasmMemory memory();

  /**
   * A number that the instance exports.
   *
   * @throws NoSuchElementException if it exports no global of the name
   * @throws IllegalArgumentException if the global holds no number
   */
  default WasmGlobal global(String export) {
    throw new NoSuchElementException("The module exports no global '" + export + "'");
  }

  /**
   * A table that the instance exports. Indices and arguments are the caller's to check.
   *
   * @throws NoSuchElementException if it exports no table of the name
   */
  default WasmTable table(String export) {
    throw new NoSuchElementException("The module exports no table '" + export + "'");
  }

  /**
   * What the instance exports, for other instances to import. Whoever has asked for a memory, a
   * table or a global that can be set can't {@link #reset} the instance any more.
   *
   * @throws NoSuchElementException if it exports nothing under the name
   * @throws UnsupportedOperationException if the engine can't link that, see {@link
   *     WasmEngine#linkable}
   */
  default WasmExternalValue external(String export) {
    throw new UnsupportedOperationException(
        "The engine can't link instances with each other, and so has no '%s' for another one; use an engine that can, such as jvm"
            .formatted(export));
  }

  /** The bytes of the linear memory that it has itself at present, 0 without one. */
  long memorySize();

  /** What {@link io.github.wasmspring.WasmCaller#attribute} is for host functions. */
  <T> T attribute(Class<T> type, Supplier<T> initial);

  /**
   * Brings memory and globals back to what they were after instantiation. Those of several
   * instances can't be brought back.
   *
   * @return {@code false} if that can't be done for this instance, so that it is to be thrown away
   *     instead
   */
  boolean reset();

  /**
   * Has {@link #reset} bring back what the instance is now. For an instance that was not made to be
   * reset, because others that are linked with it call it while they start.
   *
   * @return {@code false} if the engine can't do that, as is the default; the instance is not to be
   *     reset then
   */
  default boolean remember() {
    return false;
  }

  /**
   * What the instance is now, between two calls. What host functions keep with it ({@link
   * #attribute}) is not part of it.
   *
   * @throws UnsupportedOperationException if the instance has something that no other one could
   *     have, or the engine, as is the default, keeps none; the message says which
   */
  default WasmSnapshot snapshot() {
    throw new UnsupportedOperationException(
        "the engine can't keep what an instance is for others to begin with; use an engine that can, such as jvm");
  }

  /**
   * What makes the instance another one than it was when {@link #reset} would have to bring it
   * back: memories, tables and globals, only as far as they differ. For {@link #load} of any
   * instance of the same code, while no call runs.
   *
   * @return {@code null} if the engine can't do that, as is the default, or if there is more to
   *     this instance: what host functions keep with it, threads, references of the host, or
   *     storage that other instances have too
   */
  default byte @Nullable [] save() {
    return null;
  }

  /**
   * Makes the instance what another one of the same code was when it was {@link #save}d, whatever
   * it was before.
   *
   * @return {@code false} if there is no room for that, or it is not of the same code; the instance
   *     is of no use then
   */
  default boolean load(byte[] state) {
    return false;
  }

  /**
   * Lets go of what the host keeps with the instance; it is not used any more. Instances that
   * import from it are closed before it: its functions are traps from now on, and its memories and
   * tables do not grow.
   */
  @Override
  void close();
}
