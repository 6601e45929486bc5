package io.github.wasmspring.autoconfigure.sigstore;

import io.github.wasmspring.internal.module.ShownText;

/** What a failure of the library says, on one line. */
final class SigstoreMessage {

  private static final int LONGEST = 400;

  private SigstoreMessage() {}

  static String of(Throwable failure) {
    Throwable cause = failure.getCause();
    String message = text(failure);
    String detail = cause == null ? "" : text(cause);
    return ShownText.of(
        detail.isEmpty() || message.contains(detail) ? message : message + ": " + detail, LONGEST);
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.strip().replaceAll("\\s+", " ");
  }
}
