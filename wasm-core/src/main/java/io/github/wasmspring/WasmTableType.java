package io.github.wasmspring;

/**
 * The type of a WebAssembly table.
 *
 * @param element of what it holds: {@code FUNCREF} for functions of all types, {@code REF} for
 *     those of one type
 * @param maximum how many elements it declares to have at most, or else how many the engine lets a
 *     table have; {@code limits.table-elements} may be less
 */
public record WasmTableType(WasmValueType element, long maximum) {

  /** For messages, e.g. {@code funcref, at most 16}. */
  @Override
  public String toString() {
    return this.element + ", at most " + this.maximum;
  }
}
