package io.github.wasmspring.internal.load;

import java.time.Duration;

/** What reading a module may take where nobody says otherwise. */
public final class LoadDefaults {

  /** In bytes. */
  public static final long MAX_MODULE_SIZE = 64L << 20;

  public static final Duration HTTP_TIMEOUT = Duration.ofSeconds(10);

  private LoadDefaults() {}
}
