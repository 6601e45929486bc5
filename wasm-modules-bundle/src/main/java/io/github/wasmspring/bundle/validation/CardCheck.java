package io.github.wasmspring.bundle.validation;

/** Numbers of payment cards after ISO/IEC 7812, whose last digit is that of Luhn. */
final class CardCheck {

  private static final int FEWEST = 13;
  private static final int MOST = 19;

  private CardCheck() {}

  static void check(byte[] text) {
    int count = 0;
    for (int at = 0; at < text.length; at++) {
      if (Characters.isDigit(text[at])) {
        count++;
        if (count > MOST) {
          throw new Fault(Reason.CARD_DIGITS, at);
        }
      } else if (text[at] != ' ' && text[at] != '-') {
        throw new Fault(Reason.CARD_CHARACTER, at);
      } else if (at == 0
          || !Characters.isDigit(text[at - 1])
          || !Characters.isDigit(Characters.at(text, at + 1))) {
        throw new Fault(Reason.CARD_SEPARATOR, at);
      }
    }
    if (count < FEWEST) {
      throw new Fault(Reason.CARD_DIGITS, text.length);
    }
    if (luhn(text) % 10 != 0) {
      throw new Fault(Reason.CARD_CHECKSUM, text.length - 1);
    }
  }

  /** The sum of the digits, of which every second one from the right counts twice. */
  private static int luhn(byte[] text) {
    int sum = 0;
    int factor = 1;
    for (int at = text.length - 1; at >= 0; at--) {
      if (Characters.isDigit(text[at])) {
        int doubled = (text[at] - '0') * factor;
        sum += doubled / 10 + doubled % 10;
        factor = 3 - factor;
      }
    }
    return sum;
  }
}
