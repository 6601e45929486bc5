package io.github.wasmspring.bundle.validation;

/** Reads text of fixed width. */
final class DigitReader {

  private final byte[] text;
  private int at;

  DigitReader(byte[] text) {
    this.text = text;
  }

  int at() {
    return this.at;
  }

  /** The next byte, or -1 at the end. */
  int peek() {
    return Characters.at(this.text, this.at);
  }

  void skip() {
    this.at++;
  }

  void expect(char octet, Reason reason) {
    if (peek() != octet) {
      throw new Fault(reason, this.at);
    }
    this.at++;
  }

  /** Takes a number of so many digits. */
  int number(int digits, Reason reason) {
    int number = 0;
    for (int i = 0; i < digits; i++) {
      if (!Characters.isDigit(peek())) {
        throw new Fault(reason, this.at);
      }
      number = number * 10 + peek() - '0';
      this.at++;
    }
    return number;
  }

  /** The same, with a range. */
  int number(int digits, Reason reason, int least, int most, Reason beyond) {
    int number = number(digits, reason);
    if (number < least || number > most) {
      throw new Fault(beyond, this.at - digits);
    }
    return number;
  }

  /** Takes one digit or more. */
  void digits(Reason reason) {
    number(1, reason);
    while (Characters.isDigit(peek())) {
      this.at++;
    }
  }

  void end(Reason reason) {
    if (this.at < this.text.length) {
      throw new Fault(reason, this.at);
    }
  }
}
