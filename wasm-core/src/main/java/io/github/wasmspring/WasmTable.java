package io.github.wasmspring;

import org.jspecify.annotations.Nullable;

/**
 * A table that an instance exports. What guests call function pointers or callbacks are indices
 * into it. Only the guest changes it.
 */
public interface WasmTable {

  WasmTableType type();

  /** How many elements it has at present. */
  int size();

  /**
   * Whether nothing is in an element.
   *
   * @throws IndexOutOfBoundsException if there is no such element
   */
  boolean isNull(int index);

  /**
   * The type of the function in an element, {@code null} if nothing is in it.
   *
   * @throws IndexOutOfBoundsException if there is no such element
   * @throws IllegalArgumentException if the table holds no functions
   */
  @Nullable WasmFunctionType functionType(int index);

  /**
   * Calls the function in an element, whether the module exports it or not. In every other way this
   * is a call of an exported function by whoever gave the table: {@link WasmCaller#call} in a host
   * function, else that of the session.
   *
   * @param arguments one element per parameter; {@code f32} and {@code f64} as their raw bits
   * @return one element per result in the same form
   * @throws IndexOutOfBoundsException if there is no such element
   * @throws java.util.NoSuchElementException if nothing is in it
   * @throws IllegalArgumentException if the table holds no functions, or the function takes other
   *     arguments
   */
  long[] call(int index, long... arguments);
}
