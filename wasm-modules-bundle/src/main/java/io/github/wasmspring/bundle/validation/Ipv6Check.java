package io.github.wasmspring.bundle.validation;

/** IPv6 addresses after RFC 4291, with the zones of RFC 4007 on demand. */
final class Ipv6Check {

  private static final int GROUPS = 8;

  private final byte[] text;
  private final int to;
  private boolean shortened;

  private Ipv6Check(byte[] text, int to) {
    this.text = text;
    this.to = to;
  }

  static void check(byte[] text, int from, int to, boolean zone) {
    int percent = zone ? Characters.find(text, from, to, '%') : to;
    new Ipv6Check(text, percent).groups(from);
    if (percent < to) {
      zone(text, percent + 1, to);
    }
  }

  private static void zone(byte[] text, int from, int to) {
    int at = from;
    while (at < to && Characters.isUnreserved(text[at])) {
      at++;
    }
    if (at < to || at == from) {
      throw new Fault(Reason.IPV6_ZONE, at);
    }
  }

  private void groups(int from) {
    int at = from;
    int groups = 0;
    if (this.to - from >= 2 && this.text[from] == ':' && this.text[from + 1] == ':') {
      this.shortened = true;
      at += 2;
    }
    while (at < this.to || groups == 0 && !this.shortened) {
      int end = hexDigits(at);
      if (end > at && end < this.to && this.text[end] == '.') {
        Ipv4Check.check(this.text, at, this.to);
        groups += 2;
        at = this.to;
      } else {
        groups++;
        group(at, end, groups);
        at = separator(end);
      }
    }
    if (this.shortened ? groups >= GROUPS : groups != GROUPS) {
      throw new Fault(Reason.IPV6_GROUPS, this.to);
    }
  }

  private static void group(int from, int end, int number) {
    if (end == from || end - from > 4) {
      throw new Fault(Reason.IPV6_GROUP, from);
    }
    if (number > GROUPS) {
      throw new Fault(Reason.IPV6_GROUPS, from);
    }
  }

  /** Where the group after a separator begins. */
  private int separator(int at) {
    if (at == this.to) {
      return at;
    }
    if (this.text[at] != ':' || at + 1 == this.to) {
      throw new Fault(Reason.IPV6_GROUP, at);
    }
    if (this.text[at + 1] != ':') {
      return at + 1;
    }
    if (this.shortened) {
      throw new Fault(Reason.IPV6_TWICE, at);
    }
    this.shortened = true;
    return at + 2;
  }

  /** Where at most five hexadecimal digits end. */
  private int hexDigits(int from) {
    int at = from;
    while (at < this.to && at < from + 5 && Characters.isHex(this.text[at])) {
      at++;
    }
    return at;
  }
}
