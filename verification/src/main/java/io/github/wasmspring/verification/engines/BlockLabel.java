package io.github.wasmspring.verification.engines;

import java.util.List;

/** Where branches may go, by identity. */
final class BlockLabel {

  private final List<GuestType> types;

  /**
   * @param types of what a branch carries there
   */
  BlockLabel(List<GuestType> types) {
    this.types = types;
  }

  List<GuestType> types() {
    return this.types;
  }
}
