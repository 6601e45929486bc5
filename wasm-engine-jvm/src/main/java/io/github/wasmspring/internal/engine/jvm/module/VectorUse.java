package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.engine.WasmSimdForm;

/**
 * Whether code has vectors as objects of the JDK's Vector API, which HotSpot makes registers of, or
 * as two numbers each. The API is there only if the JVM was told so.
 */
public enum VectorUse {
  /** In functions that have much to do with vectors. */
  OBJECTS,
  OBJECTS_EVERYWHERE,
  HALVES,
  /** For want of the API. */
  HALVES_ONLY;

  private static final String MODULE = "jdk.incubator.vector";

  /**
   * What this JVM has of what is wanted.
   *
   * @throws IllegalArgumentException if that is not there
   */
  public static VectorUse of(WasmSimdForm wanted) {
    boolean isThere = ModuleLayer.boot().findModule(MODULE).isPresent();
    return switch (wanted) {
      case AUTO -> isThere ? OBJECTS : HALVES_ONLY;
      case SCALAR -> HALVES;
      case VECTOR -> {
        if (!isThere) {
          throw new IllegalArgumentException(
              "%s is vector, and this JVM was started without the Vector API: add --add-modules %s to its options (JDK_JAVA_OPTIONS), or set it to auto"
                  .formatted(WasmSimdForm.PROPERTY, MODULE));
        }
        yield OBJECTS_EVERYWHERE;
      }
    };
  }

  public boolean areObjects() {
    return this == OBJECTS || this == OBJECTS_EVERYWHERE;
  }

  /** Where code differs by it, this does: names in the API differ from JDK to JDK. */
  public String form() {
    return areObjects() ? "%s of JDK %d".formatted(this, Runtime.version().feature()) : "halves";
  }
}
