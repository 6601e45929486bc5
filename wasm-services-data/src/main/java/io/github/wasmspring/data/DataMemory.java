package io.github.wasmspring.data;

/** What is said where there is not enough memory. */
final class DataMemory {

  private DataMemory() {}

  private static DataException of(String what, String advice) {
    return new DataException(DataException.Reason.MEMORY, what + "; " + advice);
  }

  static DataException groups() {
    return of(
        "The values that percentiles, distinct counts and extremes of texts keep of the groups take more than twice the memory limit",
        "raise wasm.services.data.memory-limit (DataSettings)");
  }

  /** All bits of the hashes are used, and the groups of one part still do not fit. */
  static DataException parts() {
    return of(
        "The groups do not fit the memory limit, however often they are set apart",
        "raise wasm.services.data.memory-limit (DataSettings)");
  }

  static DataException join() {
    return of(
        "The right side of a join does not fit the memory limit",
        "raise wasm.services.data.memory-limit (DataSettings)");
  }

  /** To keep more would leave less room still. */
  static DataException chunk() {
    return of(
        "A chunk of rows, and what is made of it, does not fit the memory of the module",
        "lower wasm.services.data.chunk-rows or memory-limit (DataSettings), or raise limits.memory of the module 'data'");
  }
}
