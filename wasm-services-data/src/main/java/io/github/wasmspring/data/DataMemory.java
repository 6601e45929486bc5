package io.github.wasmspring.data;

/** What is said where there is not enough memory. */
final class DataMemory {

  private static final String ADVICE = "; raise wasm.services.data.memory-limit (DataSettings)";

  private DataMemory() {}

  private static DataException of(String what) {
    return new DataException(DataException.Reason.MEMORY, what + ADVICE);
  }

  static DataException groups() {
    return of(
        "The values that percentiles, distinct counts and extremes keep of the groups take more than twice the memory limit");
  }

  static DataException join() {
    return of("The right side of a join does not fit the memory limit");
  }

  static DataException chunk() {
    return of("A chunk of rows, and what is made of it, does not fit the memory of the module");
  }
}
