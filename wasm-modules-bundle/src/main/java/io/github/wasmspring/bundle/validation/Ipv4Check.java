package io.github.wasmspring.bundle.validation;

/** IPv4 addresses in dotted decimal. */
final class Ipv4Check {

  private Ipv4Check() {}

  static void check(byte[] text) {
    check(text, 0, text.length);
  }

  static void check(byte[] text, int from, int to) {
    int at = octet(text, from, to);
    for (int number = 1; number < 4; number++) {
      if (at == to || text[at] != '.') {
        throw new Fault(Reason.IPV4_PARTS, at);
      }
      at = octet(text, at + 1, to);
    }
    if (at < to) {
      throw new Fault(Reason.IPV4_PARTS, at);
    }
  }

  /** Where the number that begins there ends. */
  private static int octet(byte[] text, int from, int to) {
    int value = 0;
    int at = from;
    for (; at < to && Characters.isDigit(text[at]); at++) {
      value = Math.min(256, value * 10 + text[at] - '0');
    }
    if (at == from) {
      throw new Fault(Reason.IPV4_NUMBER, at);
    }
    if (at - from > 1 && text[from] == '0') {
      throw new Fault(Reason.IPV4_ZERO, from);
    }
    if (value > 255) {
      throw new Fault(Reason.IPV4_RANGE, from);
    }
    return at;
  }
}
