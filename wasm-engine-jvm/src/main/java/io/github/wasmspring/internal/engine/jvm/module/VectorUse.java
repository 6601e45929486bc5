package io.github.wasmspring.internal.engine.jvm.module;

import java.util.Locale;

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

  /** {@code auto}, {@code vector} or {@code scalar}. */
  public static final String SETTING = "wasm.engine.simd";

  private static final String MODULE = "jdk.incubator.vector";

  /**
   * What this JVM has, and was told.
   *
   * @throws IllegalArgumentException if the setting is none of what it may be, or asks for what is
   *     not there
   */
  public static VectorUse here() {
    String setting = System.getProperty(SETTING, "auto").toLowerCase(Locale.ROOT);
    boolean isThere = ModuleLayer.boot().findModule(MODULE).isPresent();
    return switch (setting) {
      case "auto" -> isThere ? OBJECTS : HALVES_ONLY;
      case "scalar" -> HALVES;
      case "vector" -> {
        if (!isThere) {
          throw new IllegalArgumentException(
              "%s is vector, and this JVM was started without the Vector API: add --add-modules %s to its options (JDK_JAVA_OPTIONS), or set it to auto"
                  .formatted(SETTING, MODULE));
        }
        yield OBJECTS_EVERYWHERE;
      }
      default ->
          throw new IllegalArgumentException(
              "%s is auto, vector or scalar, not %s".formatted(SETTING, setting));
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
