package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;

/** How long all attempts of one call may take together. */
final class CallTime {

  private final long begun;
  private final Duration most;

  private CallTime(Duration most) {
    this.begun = System.nanoTime();
    this.most = most;
  }

  static CallTime begin(Duration most) {
    return new CallTime(most);
  }

  /** Whether another attempt can begin after a pause. */
  boolean hasRoomAfter(Duration pause) {
    return left().compareTo(pause) > 0;
  }

  private Duration left() {
    return this.most.minusNanos(System.nanoTime() - this.begun);
  }

  /** The same options for an attempt that ends in time. */
  WasmCallOptions limit(WasmCallOptions options, WasmModuleSettings settings) {
    Duration asked = options.timeout() != null ? options.timeout() : settings.limits().timeout();
    Duration left = left();
    if (asked.compareTo(left) <= 0) {
      return options;
    }
    Duration some = left.isZero() || left.isNegative() ? Duration.ofNanos(1) : left;
    return new WasmCallOptions(options.mode(), some, options.priority(), options.tenant());
  }
}
