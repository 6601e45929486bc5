package io.github.wasmspring.internal.engine.jvm.run;

import org.jspecify.annotations.Nullable;

/** What code does with references. Public for generated code, not for applications. */
public final class ReferenceInstructions {

  private ReferenceInstructions() {}

  /** The function that a reference is to, for a call. */
  public static int function(int reference) {
    if (reference == TableInstructions.NULL) {
      throw new Trap("null function reference");
    }
    return reference;
  }

  public static int required(int reference) {
    if (reference == TableInstructions.NULL) {
      throw nullReference();
    }
    return reference;
  }

  /** The same for one to an exception. */
  public static GuestException required(@Nullable GuestException reference) {
    if (reference == null) {
      throw nullReference();
    }
    return reference;
  }

  private static Trap nullReference() {
    return new Trap("null reference");
  }
}
