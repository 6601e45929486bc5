package io.github.wasmspring.bundle.validation;

/** Mailboxes after RFC 5321, section 4.1.2, and their international form after RFC 6531. */
final class EmailCheck {

  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final String MARKS = "!#$%&'*+-/=?^_`{|}~";
  private static final String IPV6 = "ipv6:";

  private final byte[] text;
  private final boolean international;

  private EmailCheck(byte[] text, boolean international) {
    this.text = text;
    this.international = international;
  }

  static void check(byte[] text, boolean international) {
    if (text.length > LONGEST) {
      throw new Fault(Reason.EMAIL_LENGTH, 0);
    }
    new EmailCheck(text, international).address();
  }

  private void address() {
    int at = octet(0) == '"' ? quoted() : words();
    if (octet(at) != '@') {
      throw new Fault(Reason.EMAIL_AT, at);
    }
    if (at > LONGEST_LOCAL) {
      throw new Fault(Reason.EMAIL_LOCAL_LENGTH, 0);
    }
    if (octet(at + 1) == '[') {
      literal(at + 1);
    } else {
      HostnameCheck.check(this.text, at + 1, this.text.length, this.international);
    }
  }

  private int octet(int at) {
    return Characters.at(this.text, at);
  }

  /** Where words between single dots end. */
  private int words() {
    for (int from = 0; ; from++) {
      int at = word(from);
      int next = octet(at);
      if (at == from || next >= 0 && next != '.' && next != '@') {
        throw new Fault(Reason.EMAIL_LOCAL, at);
      }
      if (next != '.') {
        return at;
      }
      from = at;
    }
  }

  private int word(int from) {
    int at = from;
    while (at < this.text.length) {
      int octet = octet(at);
      boolean ascii =
          Characters.isLetter(octet) || Characters.isDigit(octet) || MARKS.indexOf(octet) >= 0;
      int length = ascii ? 1 : beyondAscii(at);
      if (length == 0) {
        break;
      }
      at += length;
    }
    return at;
  }

  /** How many bytes a character outside of ASCII has, or none where it must not stand. */
  private int beyondAscii(int at) {
    int point = Characters.decode(this.text, at);
    return this.international && Characters.isInternational(point) ? Characters.length(point) : 0;
  }

  /** Where a quoted string ends. */
  private int quoted() {
    int at = 1;
    while (octet(at) != '"') {
      if (octet(at) == '\\') {
        at++;
        if (!isPrintable(octet(at))) {
          throw new Fault(Reason.EMAIL_QUOTES, at);
        }
      }
      at += quotedCharacter(at);
    }
    return at + 1;
  }

  private int quotedCharacter(int at) {
    int octet = octet(at);
    int length = isPrintable(octet) ? 1 : octet < 0x80 ? 0 : beyondAscii(at);
    if (length == 0) {
      throw new Fault(Reason.EMAIL_QUOTES, at);
    }
    return length;
  }

  private static boolean isPrintable(int octet) {
    return octet >= ' ' && octet <= '~';
  }

  /** Checks an address in brackets. */
  private void literal(int from) {
    int to = this.text.length - 1;
    if (this.text[to] != ']') {
      throw new Fault(Reason.EMAIL_LITERAL, from);
    }
    int at = from + 1;
    if (isIpv6(at)) {
      Ipv6Check.check(this.text, at + IPV6.length(), to, false);
    } else {
      Ipv4Check.check(this.text, at, to);
    }
  }

  private boolean isIpv6(int from) {
    for (int i = 0; i < IPV6.length(); i++) {
      int octet = octet(from + i);
      if (IPV6.charAt(i) != (Characters.isLetter(octet) ? octet | 0x20 : octet)) {
        return false;
      }
    }
    return true;
  }
}
