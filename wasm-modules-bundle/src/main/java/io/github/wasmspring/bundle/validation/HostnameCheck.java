package io.github.wasmspring.bundle.validation;

/** Host names after RFC 952 and RFC 1123. Lengths count the ASCII form. */
final class HostnameCheck {

  private static final int LONGEST = 253;
  private static final int LONGEST_LABEL = 63;

  private final byte[] text;
  private final int to;
  private final boolean international;

  private HostnameCheck(byte[] text, int to, boolean international) {
    this.text = text;
    this.to = to;
    this.international = international;
  }

  static void check(byte[] text, int from, int to, boolean international) {
    // Each character of the ASCII form stands for at most one of four bytes.
    if (to - from > (international ? 4 * LONGEST : LONGEST)) {
      throw new Fault(Reason.HOSTNAME_LENGTH, from);
    }
    new HostnameCheck(text, to, international).labels(from);
  }

  private void labels(int from) {
    int length = 0;
    for (int at = from; ; at++, length++) {
      int end = label(at);
      length += length(at, end);
      if (length > LONGEST) {
        throw new Fault(Reason.HOSTNAME_LENGTH, from);
      }
      if (end == this.to) {
        return;
      }
      at = end;
    }
  }

  /** Where the label that begins there ends. */
  private int label(int from) {
    int at = from;
    while (at < this.to && this.text[at] != '.') {
      at += character(at);
    }
    if (at == from) {
      throw new Fault(Reason.HOSTNAME_EMPTY, from);
    }
    if (this.text[from] == '-') {
      throw new Fault(Reason.HOSTNAME_HYPHEN, from);
    }
    if (this.text[at - 1] == '-') {
      throw new Fault(Reason.HOSTNAME_HYPHEN, at - 1);
    }
    return at;
  }

  /** How many bytes the character there has. */
  private int character(int at) {
    int octet = this.text[at];
    if (Characters.isLetter(octet) || Characters.isDigit(octet) || octet == '-') {
      return 1;
    }
    int point = Characters.decode(this.text, at);
    if (!this.international || !Characters.isInternational(point) || Characters.isOtherDot(point)) {
      throw new Fault(Reason.HOSTNAME_CHARACTER, at);
    }
    return Characters.length(point);
  }

  private int length(int from, int to) {
    boolean ascii = true;
    for (int at = from; at < to; at++) {
      ascii &= this.text[at] >= 0;
    }
    int length = ascii ? to - from : Punycode.length(this.text, from, to);
    if (length > LONGEST_LABEL) {
      throw new Fault(Reason.HOSTNAME_LABEL, from);
    }
    return length;
  }
}
