package io.github.wasmspring.internal.engine.jvm.run;

import org.jspecify.annotations.Nullable;

/** The guest did what the specification forbids; the message is in the specification's words. */
public final class Trap extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final String MEMORY = "out of bounds memory access";
  public static final String TABLE = "out of bounds table access";
  static final String OVERFLOW = "integer overflow";
  static final String DIVIDE = "integer divide by zero";
  static final String CONVERSION = "invalid conversion to integer";

  public Trap(String message) {
    this(message, null);
  }

  Trap(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
