package io.github.wasmspring.internal.load;

import java.io.IOException;

/** There is more than may be read. */
final class OversizeException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what has too many bytes, as the beginning of a sentence
   */
  OversizeException(String what, long most) {
    super("%s has more than %d bytes".formatted(what, most));
  }
}
