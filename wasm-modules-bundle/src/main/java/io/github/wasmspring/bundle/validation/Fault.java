package io.github.wasmspring.bundle.validation;

/** The first thing wrong with a text. Carries no stack trace: it never leaves this package. */
final class Fault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final int at;

  /**
   * @param at where, in bytes
   */
  Fault(Reason reason, int at) {
    super(reason.message(), null, false, false);
    this.reason = reason;
    this.at = at;
  }

  Reason reason() {
    return this.reason;
  }

  int at() {
    return this.at;
  }
}
