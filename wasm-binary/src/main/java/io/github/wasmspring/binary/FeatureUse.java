package io.github.wasmspring.binary;

/**
 * Where a module first uses a feature.
 *
 * @param function the index of the function, imported ones counted; -1 outside of functions
 * @param offset the byte of the module, from 0
 */
public record FeatureUse(int function, int offset) {

  /** For people, e.g. {@code function 12, offset 0x1f}. */
  public String describe() {
    return this.function < 0
        ? "offset 0x%x".formatted(this.offset)
        : "function %d, offset 0x%x".formatted(this.function, this.offset);
  }
}
