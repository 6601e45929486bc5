package io.github.wasmspring.bundle.validation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.wasmspring.WasmOperationException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** URIs after RFC 3986, and URLs, which have a host that can be looked up. */
final class UriCheck {

  private static final Pattern SCHEMES =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*+(?:,[A-Za-z][A-Za-z0-9+.-]*+)*+");

  private UriCheck() {}

  static void uri(byte[] text) {
    afterScheme(text, scheme(text) + 1);
  }

  /** A URI, or one that is relative to another. */
  static void reference(byte[] text) {
    int at = 0;
    while (at < text.length && ":/?#".indexOf(text[at]) < 0) {
      at++;
    }
    if (at < text.length && text[at] == ':') {
      uri(text);
    } else {
      afterScheme(text, 0);
    }
  }

  static void url(byte[] text, List<String> schemes) {
    int colon = scheme(text);
    String scheme = new String(text, 0, colon, US_ASCII);
    if (!schemes.isEmpty() && !schemes.contains(scheme.toLowerCase(Locale.ROOT))) {
      throw new Fault(Reason.URL_SCHEME, 0);
    }
    if (!hasAuthority(text, colon + 1)) {
      throw new Fault(Reason.URL_HOST, colon + 1);
    }
    Authority authority = new Authority(text, colon + 3);
    authority.checkUrl();
    tail(text, authority.end());
  }

  /**
   * The schemes of a list.
   *
   * @throws WasmOperationException {@code validation.schemes} if it is not empty, nor schemes
   *     between single commas
   */
  static List<String> schemes(String list) {
    if (list.isEmpty()) {
      return List.of();
    }
    if (!SCHEMES.matcher(list).matches()) {
      throw new WasmOperationException(
          "validation.schemes", "schemes must be names between single commas", null);
    }
    return List.of(list.toLowerCase(Locale.ROOT).split(","));
  }

  /** Where the colon after the scheme stands. */
  private static int scheme(byte[] text) {
    int at = 0;
    while (at < text.length && isInScheme(at, text[at])) {
      at++;
    }
    if (at == 0 || Characters.at(text, at) != ':') {
      throw new Fault(Reason.URI_SCHEME, at);
    }
    return at;
  }

  private static boolean isInScheme(int at, int octet) {
    return Characters.isLetter(octet)
        || at > 0 && (Characters.isDigit(octet) || "+-.".indexOf(octet) >= 0);
  }

  private static void afterScheme(byte[] text, int from) {
    if (hasAuthority(text, from)) {
      Authority authority = new Authority(text, from + 2);
      authority.check();
      tail(text, authority.end());
    } else {
      tail(text, from);
    }
  }

  private static boolean hasAuthority(byte[] text, int from) {
    return Characters.at(text, from) == '/' && Characters.at(text, from + 1) == '/';
  }

  /** Checks path, query and fragment, whose characters are the same but for what divides them. */
  private static void tail(byte[] text, int from) {
    boolean fragment = false;
    for (int at = from; at < text.length; at++) {
      int octet = text[at];
      if (octet == '%') {
        percent(text, at, text.length);
        at += 2;
      } else if (octet == '#' && !fragment) {
        fragment = true;
      } else if (!Characters.isPlain(octet) && ":@/?".indexOf(octet) < 0) {
        throw new Fault(Reason.URI_CHARACTER, at);
      }
    }
  }

  /** Checks that two hexadecimal digits follow a percent sign. */
  static void percent(byte[] text, int at, int to) {
    if (at + 2 >= to || !Characters.isHex(text[at + 1]) || !Characters.isHex(text[at + 2])) {
      throw new Fault(Reason.URI_PERCENT, at);
    }
  }
}
