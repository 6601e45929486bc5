package io.github.wasmspring.verification.engines;

import java.util.List;

/** What a function or a block takes and gives. */
record GuestSignature(List<GuestType> parameters, List<GuestType> results) {

  static final GuestSignature NOTHING = new GuestSignature(List.of(), List.of());

  /** Whether the host can call it without references. */
  boolean hasNumbersOnly() {
    return this.parameters.stream().allMatch(GuestType::isNumber)
        && this.results.stream().allMatch(GuestType::isNumber);
  }
}
