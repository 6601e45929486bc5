package io.github.wasmspring.engine;

/**
 * Thrown by a host function to end the guest that called it, as {@code proc_exit} of WASI does. The
 * call fails as a trap with this as its cause.
 */
public final class WasmGuestExit extends RuntimeException {

  private final int code;

  /**
   * @param code the exit code, 0 if all went well
   */
  public WasmGuestExit(int code) {
    super(
        "the guest ended itself with exit code " + Integer.toUnsignedString(code),
        null,
        false,
        false);
    this.code = code;
  }

  public int code() {
    return this.code;
  }
}
