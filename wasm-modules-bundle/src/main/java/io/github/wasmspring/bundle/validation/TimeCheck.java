package io.github.wasmspring.bundle.validation;

/** Times after RFC 3339, with an offset from UTC and without. */
final class TimeCheck {

  private static final int DAY = 24 * 60;
  private static final int LAST_MINUTE = DAY - 1;

  private final DigitReader reader;
  private int minutes;
  private int secondsAt;
  private boolean leap;

  private TimeCheck(DigitReader reader) {
    this.reader = reader;
  }

  static void time(byte[] text) {
    new TimeCheck(new DigitReader(text)).full();
  }

  static void localTime(byte[] text) {
    new TimeCheck(new DigitReader(text)).partial();
  }

  static void dateTime(byte[] text) {
    new TimeCheck(afterDate(text)).full();
  }

  static void localDateTime(byte[] text) {
    new TimeCheck(afterDate(text)).partial();
  }

  private static DigitReader afterDate(byte[] text) {
    DigitReader reader = new DigitReader(text);
    DateCheck.fullDate(reader);
    if (reader.peek() != 'T' && reader.peek() != 't') {
      throw new Fault(Reason.DATE_TIME_SEPARATOR, reader.at());
    }
    reader.skip();
    return reader;
  }

  private void full() {
    clock();
    int offset = offset();
    this.reader.end(Reason.TIME_SYNTAX);
    if (this.leap && Math.floorMod(this.minutes - offset, DAY) != LAST_MINUTE) {
      throw new Fault(Reason.TIME_LEAP, this.secondsAt);
    }
  }

  /** Where the offset is unknown, so is whether there can be a leap second. */
  private void partial() {
    clock();
    this.reader.end(Reason.TIME_SYNTAX);
    if (this.leap) {
      throw new Fault(Reason.TIME_LEAP, this.secondsAt);
    }
  }

  private void clock() {
    int hour = this.reader.number(2, Reason.TIME_SYNTAX, 0, 23, Reason.TIME_HOUR);
    this.reader.expect(':', Reason.TIME_SYNTAX);
    int minute = this.reader.number(2, Reason.TIME_SYNTAX, 0, 59, Reason.TIME_MINUTE);
    this.reader.expect(':', Reason.TIME_SYNTAX);
    this.minutes = hour * 60 + minute;
    this.secondsAt = this.reader.at();
    this.leap = this.reader.number(2, Reason.TIME_SYNTAX, 0, 60, Reason.TIME_SECOND) == 60;
    if (this.reader.peek() == '.') {
      this.reader.skip();
      this.reader.digits(Reason.TIME_SYNTAX);
    }
  }

  /** The offset in minutes. */
  private int offset() {
    int sign = this.reader.peek();
    if (sign != 'Z' && sign != 'z' && sign != '+' && sign != '-') {
      throw new Fault(Reason.TIME_OFFSET, this.reader.at());
    }
    this.reader.skip();
    if (sign != '+' && sign != '-') {
      return 0;
    }
    int hours = this.reader.number(2, Reason.TIME_OFFSET, 0, 23, Reason.TIME_OFFSET);
    this.reader.expect(':', Reason.TIME_OFFSET);
    int offset = hours * 60 + this.reader.number(2, Reason.TIME_OFFSET, 0, 59, Reason.TIME_OFFSET);
    return sign == '+' ? offset : -offset;
  }
}
