package io.github.wasmspring.internal.engine;

import org.jspecify.annotations.Nullable;

/** Something of the host that belongs to an instance and may not be left behind. */
public interface HeldState {

  /** What there is that no other instance could have, {@code null} for nothing. */
  @Nullable String held();
}
