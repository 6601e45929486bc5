package io.github.wasmspring.autoconfigure.scan;

/** A class marked as a module, or a method of it, is not what it has to be. */
public final class WasmModuleDefinitionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * @param description what is wrong
   * @param action what to do about it
   */
  WasmModuleDefinitionException(String description, String action) {
    super(description);
    this.action = action;
  }

  /** What to do about it. */
  public String action() {
    return this.action;
  }
}
