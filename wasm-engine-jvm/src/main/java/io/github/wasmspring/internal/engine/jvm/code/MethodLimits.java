package io.github.wasmspring.internal.engine.jvm.code;

import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;

/** What the JVM lets a method have. */
public final class MethodLimits {

  public static final int BYTES = 65_535;

  public static final int VARIABLES = 60_000;

  /** Beside the instance. */
  public static final int PARAMETERS = 253;

  private MethodLimits() {}

  /** For a function of the module. */
  public static void checkFunction(int function, FunctionSignature signature) {
    if (signature.slots() > PARAMETERS) {
      checkParameters("function " + function, signature.slots());
    }
  }

  /** With the index of the function. */
  static void checkIndirect(FunctionSignature signature) {
    checkParameters(
        "a call through a table or a reference, or a tail call,", signature.slots() + 1);
  }

  /** With the tag. */
  static void checkThrown(FunctionSignature signature) {
    checkParameters("a tag", signature.slots() + 1);
  }

  private static void checkParameters(String what, int slots) {
    if (slots > PARAMETERS) {
      throw GuestModule.invalid(
          "%s has parameters of %d slots, and a method of the JVM has at most %d; pass them in memory"
              .formatted(what, slots, PARAMETERS));
    }
  }

  static void check(int function, MethodBody method) {
    if (method.size() > BYTES) {
      throw tooBig(function);
    }
    if (method.variables() > VARIABLES) {
      throw GuestModule.invalid(
          "function %d becomes a method of %d local variables, and one of the JVM has at most %d; split it, or build it with less inlining"
              .formatted(function, method.variables(), VARIABLES));
    }
  }

  static WasmLoadException tooBig(int function) {
    return GuestModule.invalid(
        "function %d becomes more than %d bytes of JVM bytecode, which is the most that a method of the JVM has; split it, or build it with less inlining"
            .formatted(function, BYTES));
  }
}
