package io.github.wasmspring.internal.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The time for a load is over. */
final class LateException extends IOException {

  private static final long serialVersionUID = 1L;

  LateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
