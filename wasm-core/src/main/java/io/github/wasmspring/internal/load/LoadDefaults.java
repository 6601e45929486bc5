package io.github.wasmspring.internal.load;

import java.time.Duration;

/** What reading a module may take where nobody says otherwise. */
public final class LoadDefaults {

  /** In bytes. */
  public static final long MAX_MODULE_SIZE = 64L << 20;

  public static final Duration HTTP_TIMEOUT = Duration.ofSeconds(10);

  public static final Duration HTTP_CONNECT_TIMEOUT = Duration.ofSeconds(3);

  public static final int HTTP_ATTEMPTS = 3;

  private LoadDefaults() {}
}
