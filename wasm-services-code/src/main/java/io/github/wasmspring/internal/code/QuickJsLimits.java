package io.github.wasmspring.internal.code;

import java.time.Duration;

/** What QuickJS can have, and has by default. */
public final class QuickJsLimits {

  /** Bytes of the guest's stack; a call of JavaScript takes some 240 of them. */
  public static final int STACK = 128 << 10;

  public static final int LEAST_STACK = 16 << 10;

  /** Half of what the module has for it. */
  public static final int MOST_STACK = 512 << 10;

  /** For one run. */
  public static final Duration LONGEST = Duration.ofHours(1);

  private QuickJsLimits() {}
}
