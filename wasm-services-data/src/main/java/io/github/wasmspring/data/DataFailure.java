package io.github.wasmspring.data;

/** A value that is used can't be; whoever knows the rows before makes a message of it. */
final class DataFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What is wrong with it, see {@link JavaVector}. */
  final int state;

  /** The row of the chunk, or the number of the group. */
  final int row;

  /** The place in the program, or the number of the aggregate. */
  final int place;

  DataFailure(int state, int row, int place) {
    super(null, null, false, false);
    this.state = state;
    this.row = row;
    this.place = place;
  }

  /** What users read. */
  String reason() {
    return switch (this.state) {
      case JavaVector.OVERFLOW -> "the result does not fit its type";
      case JavaVector.NO_NUMBER -> "a text is no number";
      case JavaVector.NO_TIME -> "a text is no such date or time";
      case JavaVector.NO_BOOLEAN -> "a text is neither true nor false";
      case JavaVector.NO_SUCH_TIME -> "the date is not of the years 0000 to 9999";
      default -> "a value is wrong";
    };
  }
}
