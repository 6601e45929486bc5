package io.github.wasmspring.bundle.validation;

/** What stands between {@code //} and the path of a URI: user information, host and port. */
final class Authority {

  private static final int LAST_PORT = 65_535;

  private final byte[] text;
  private final int from;
  private final int to;

  /** The authority that begins there. */
  Authority(byte[] text, int from) {
    this.text = text;
    this.from = from;
    int end = from;
    while (end < text.length && "/?#".indexOf(text[end]) < 0) {
      end++;
    }
    this.to = end;
  }

  int end() {
    return this.to;
  }

  /** Any host that RFC 3986 allows, none included. */
  void check() {
    int host = afterUser();
    int end;
    if (isBracket(host)) {
      end = bracketed(host, true);
    } else {
      end = Characters.find(this.text, host, this.to, ':');
      characters(host, end);
    }
    port(end, Integer.MAX_VALUE);
  }

  /** A host that can be looked up. */
  void checkUrl() {
    int host = afterUser();
    int end;
    if (isBracket(host)) {
      end = bracketed(host, false);
    } else {
      end = Characters.find(this.text, host, this.to, ':');
      named(host, end);
    }
    port(end, LAST_PORT);
  }

  private boolean isBracket(int host) {
    return host < this.to && this.text[host] == '[';
  }

  /** Where the host begins. */
  private int afterUser() {
    int at = Characters.find(this.text, this.from, this.to, '@');
    if (at == this.to) {
      return this.from;
    }
    characters(this.from, at);
    return at + 1;
  }

  /** Checks a host, in which there is no colon, or user information. */
  private void characters(int start, int end) {
    for (int at = start; at < end; at++) {
      if (this.text[at] == '%') {
        UriCheck.percent(this.text, at, end);
        at += 2;
      } else if (!Characters.isPlain(this.text[at]) && this.text[at] != ':') {
        throw new Fault(Reason.URI_CHARACTER, at);
      }
    }
  }

  private void named(int host, int end) {
    if (end == host) {
      throw new Fault(Reason.URL_HOST, host);
    }
    if (isNumber(host, end)) {
      Ipv4Check.check(this.text, host, end);
    } else {
      HostnameCheck.check(this.text, host, end, false);
    }
  }

  /** Whether a host must be an IPv4 address, for its last label is a number, decimal or not. */
  private boolean isNumber(int host, int end) {
    int last = end;
    while (last > host && this.text[last - 1] != '.') {
      last--;
    }
    boolean hex = end - last > 1 && this.text[last] == '0' && (this.text[last + 1] | 0x20) == 'x';
    for (int at = hex ? last + 2 : last; at < end; at++) {
      if (hex ? !Characters.isHex(this.text[at]) : !Characters.isDigit(this.text[at])) {
        return false;
      }
    }
    return last < end;
  }

  /** Where the address in brackets ends. */
  private int bracketed(int host, boolean future) {
    int close = Characters.find(this.text, host, this.to, ']');
    if (close == this.to) {
      throw new Fault(Reason.URI_HOST, host);
    }
    if (future && (this.text[host + 1] | 0x20) == 'v') {
      future(host + 2, close);
    } else {
      Ipv6Check.check(this.text, host + 1, close, false);
    }
    if (close + 1 < this.to && this.text[close + 1] != ':') {
      throw new Fault(Reason.URI_HOST, close + 1);
    }
    return close + 1;
  }

  /** An address of a version of IP that is yet to come: hexadecimal digits, a dot, characters. */
  private void future(int start, int end) {
    int dot = start;
    while (dot < end && Characters.isHex(this.text[dot])) {
      dot++;
    }
    if (dot == start || dot + 1 >= end || this.text[dot] != '.') {
      throw new Fault(Reason.URI_HOST, start);
    }
    for (int at = dot + 1; at < end; at++) {
      if (!Characters.isPlain(this.text[at]) && this.text[at] != ':') {
        throw new Fault(Reason.URI_CHARACTER, at);
      }
    }
  }

  /** Checks what follows a colon, if anything stands there at all. */
  private void port(int colon, int last) {
    long port = 0;
    for (int at = colon + 1; at < this.to; at++) {
      if (!Characters.isDigit(this.text[at])) {
        throw new Fault(Reason.URI_PORT, at);
      }
      port = Math.min(LAST_PORT + 1, port * 10 + this.text[at] - '0');
    }
    if (port > last) {
      throw new Fault(Reason.URL_PORT, colon + 1);
    }
  }
}
