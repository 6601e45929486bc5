package io.github.wasmspring.bundle.validation;

/** Durations after ISO 8601: units may be left out, and the last number may have a fraction. */
final class DurationCheck {

  private final DigitReader reader;

  private DurationCheck(byte[] text) {
    this.reader = new DigitReader(text);
  }

  static void check(byte[] text) {
    new DurationCheck(text).duration();
  }

  private void duration() {
    this.reader.expect('P', Reason.DURATION_SYNTAX);
    needMore();
    parts("YMD", true);
    if (this.reader.peek() == 'T') {
      this.reader.skip();
      needMore();
      parts("HMS", false);
    }
    this.reader.end(Reason.DURATION_SYNTAX);
  }

  private void needMore() {
    if (this.reader.peek() < 0) {
      throw new Fault(Reason.DURATION_EMPTY, this.reader.at());
    }
  }

  /** Takes numbers with their units up to a T or the end. */
  private void parts(String units, boolean weeks) {
    int next = 0;
    while (this.reader.peek() >= 0 && this.reader.peek() != 'T') {
      int from = this.reader.at();
      int fraction = number();
      if (weeks && this.reader.peek() == 'W') {
        week(from, next > 0);
        return;
      }
      int rank = units.indexOf(this.reader.peek());
      if (rank < next) {
        Reason reason = rank < 0 ? Reason.DURATION_UNIT : Reason.DURATION_ORDER;
        throw new Fault(reason, this.reader.at());
      }
      next = rank + 1;
      this.reader.skip();
      if (fraction > 0 && this.reader.peek() >= 0) {
        throw new Fault(Reason.DURATION_FRACTION, fraction);
      }
    }
  }

  /** Takes a number, and answers where its fraction begins, or zero. */
  private int number() {
    this.reader.digits(Reason.DURATION_SYNTAX);
    if (this.reader.peek() != '.' && this.reader.peek() != ',') {
      return 0;
    }
    int at = this.reader.at();
    this.reader.skip();
    this.reader.digits(Reason.DURATION_SYNTAX);
    return at;
  }

  private void week(int from, boolean others) {
    if (others) {
      throw new Fault(Reason.DURATION_WEEKS, from);
    }
    this.reader.skip();
    this.reader.end(Reason.DURATION_WEEKS);
  }
}
