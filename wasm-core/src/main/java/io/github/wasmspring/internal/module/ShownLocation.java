package io.github.wasmspring.internal.module;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A location for people to see: without what a URL may carry that only its server should know. */
public final class ShownLocation {

  private static final String HIDDEN = "***";
  private static final Pattern BEGINNING = Pattern.compile("\\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?/*");
  private static final Pattern REGISTRY =
      Pattern.compile(
          "oci:(?:[A-Za-z0-9.-]++|\\[[0-9A-Fa-f:.]++])(?::\\d++)?/[\\w./-]++(?::[\\w.-]++)?(?:@sha\\d++:[0-9a-f]++)?(?:![^?#@]*+)?");
  private static final Pattern LOCAL = Pattern.compile("(?:file|classpath):(?!//[^/])");

  /** Such as {@code jar:file:…}; nobody needs more, and what is within is hidden. */
  private static final int MOST_SCHEMES = 8;

  private ShownLocation() {}

  /**
   * The location with {@code ***} in place of user info, query and fragment. Of what is not a URL,
   * rather too much is hidden than too little: all that an {@code @} follows.
   */
  public static String of(String location) {
    return of(location, MOST_SCHEMES);
  }

  private static String of(String location, int schemes) {
    if (schemes == 0) {
      return HIDDEN;
    }
    if (REGISTRY.matcher(location).matches()) {
      return location;
    }
    return LOCAL.matcher(location).lookingAt()
        ? withoutQuery(location)
        : withoutUserInfo(location, schemes);
  }

  private static String withoutQuery(String location) {
    for (int i = 0; i < location.length(); i++) {
      char next = location.charAt(i);
      if (next == '?' || next == '#') {
        return location.substring(0, i + 1) + HIDDEN;
      }
    }
    return location;
  }

  private static String withoutUserInfo(String location, int schemes) {
    URI uri;
    try {
      uri = new URI(location);
    } catch (URISyntaxException malformed) {
      return withoutQuery(hiddenUpTo(location.lastIndexOf('@'), location));
    }
    if (uri.isOpaque()) {
      return opaque(location, uri.getScheme().length() + 1, schemes);
    }
    if (uri.getRawAuthority() == null) {
      return withoutQuery(hiddenUpTo(firstSegment(location).lastIndexOf('@'), location));
    }
    if (uri.getHost() == null) {
      return withoutQuery(hiddenUpTo(location.lastIndexOf('@'), location));
    }
    return withoutQuery(
        uri.getRawUserInfo() == null ? location : hiddenUpTo(location.indexOf('@'), location));
  }

  /** Such as {@code jar:https://…} or {@code oci:registry/name}, or a user and a password. */
  private static String opaque(String location, int start, int schemes) {
    int at = firstSegment(location).lastIndexOf('@');
    return at >= 0
        ? withoutQuery(HIDDEN + location.substring(at))
        : location.substring(0, start) + of(location.substring(start), schemes - 1);
  }

  private static String firstSegment(String location) {
    Matcher beginning = BEGINNING.matcher(location);
    int slash = location.indexOf('/', beginning.lookingAt() ? beginning.end() : 0);
    return slash < 0 ? location : location.substring(0, slash);
  }

  private static String hiddenUpTo(int at, String location) {
    if (at < 0) {
      return location;
    }
    Matcher beginning = BEGINNING.matcher(location);
    int start = beginning.lookingAt() ? Math.min(beginning.end(), at) : 0;
    return location.substring(0, start) + HIDDEN + location.substring(at);
  }
}
