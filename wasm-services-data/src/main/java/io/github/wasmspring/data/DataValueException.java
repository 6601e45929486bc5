package io.github.wasmspring.data;

/** A value can't be; it becomes a state of {@link JavaVector}. */
final class DataValueException extends RuntimeException {

  private static final long serialVersionUID = 1;

  final byte state;

  DataValueException(byte state) {
    super(null, null, false, false);
    this.state = state;
  }
}
