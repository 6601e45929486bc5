package io.github.wasmspring.internal.load;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** By when a module must have arrived, whatever happens on its way. */
final class LoadDeadline {

  private final Duration time;
  private final long start = System.nanoTime();

  LoadDeadline(Duration time) {
    this.time = time;
  }

  /** In nanoseconds; not more than 0 if it is too late. */
  long left() {
    return this.time.toNanos() - (System.nanoTime() - this.start);
  }

  boolean leaves(Duration pause) {
    return pause.compareTo(Duration.ofNanos(left())) < 0;
  }

  IOException passed(@Nullable Throwable cause) {
    return new LateException(
        "it did not arrive within %d ms".formatted(this.time.toMillis()), cause);
  }
}
