package io.github.wasmspring.internal.convention;

/** An argument has more bytes than there is room for; they were not copied. */
final class PayloadTooLarge extends RuntimeException {

  private final long atLeast;

  /**
   * @param atLeast the bytes that it has or, if more were to come, had already
   */
  PayloadTooLarge(long atLeast) {
    super("too large", null, false, false);
    this.atLeast = atLeast;
  }

  long atLeast() {
    return this.atLeast;
  }
}
