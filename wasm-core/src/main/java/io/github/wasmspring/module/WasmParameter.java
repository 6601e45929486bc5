package io.github.wasmspring.module;

import java.lang.reflect.Type;

/**
 * A parameter of an operation.
 *
 * @param name as {@code options} of a call by name use it
 * @param type the Java type
 * @param inOut whether the module changes the array in place and it is to be copied back
 * @param nullable whether it may be left out, as {@code null}
 */
public record WasmParameter(String name, Type type, boolean inOut, boolean nullable) {

  public WasmParameter(String name, Type type) {
    this(name, type, false, false);
  }
}
