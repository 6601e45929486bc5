package io.github.wasmspring.verification.engines;

/**
 * A function of a random module, whose body may not be made yet.
 *
 * @param type the index of its signature
 */
record PlannedFunction(int index, int type, GuestSignature signature) {

  boolean isExported() {
    return this.signature.hasNumbersOnly();
  }

  String export() {
    return "f" + this.index;
  }
}
