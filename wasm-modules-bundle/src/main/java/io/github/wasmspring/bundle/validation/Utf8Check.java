package io.github.wasmspring.bundle.validation;

import org.jspecify.annotations.Nullable;

/** UTF-8 after the Unicode standard, table 3-7. A fault is where a character begins. */
final class Utf8Check {

  private Utf8Check() {}

  static void check(byte[] text) {
    int at = 0;
    while (at < text.length) {
      at = text[at] >= 0 ? at + 1 : character(text, at);
    }
  }

  /** Where the character that begins there ends. */
  private static int character(byte[] text, int at) {
    int end = at + length(text[at] & 0xff, at);
    for (int next = at + 1; next < end; next++) {
      if (next == text.length) {
        throw new Fault(Reason.UTF8_TRUNCATED, at);
      }
      if ((text[next] & 0xc0) != 0x80) {
        throw new Fault(Reason.UTF8_INCOMPLETE, at);
      }
    }
    Reason forbidden = forbidden(text[at] & 0xff, text[at + 1] & 0xff);
    if (forbidden != null) {
      throw new Fault(forbidden, at);
    }
    return end;
  }

  private static int length(int lead, int at) {
    if (lead < 0xc0) {
      throw new Fault(Reason.UTF8_CONTINUATION, at);
    }
    if (lead >= 0xf8) {
      throw new Fault(Reason.UTF8_NEVER, at);
    }
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  }

  /** Why a complete character must not begin with these two bytes. */
  private static @Nullable Reason forbidden(int first, int second) {
    if (first < 0xc2 || first == 0xe0 && second < 0xa0 || first == 0xf0 && second < 0x90) {
      return Reason.UTF8_OVERLONG;
    }
    if (first == 0xed && second >= 0xa0) {
      return Reason.UTF8_SURROGATE;
    }
    return first > 0xf4 || first == 0xf4 && second >= 0x90 ? Reason.UTF8_RANGE : null;
  }
}
