package io.github.wasmspring.code;

/** A formatter refuses a text; the message is what it says. */
final class DprintException extends Exception {

  private static final long serialVersionUID = 1;

  DprintException(String message) {
    super(message, null, false, false);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
