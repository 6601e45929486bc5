package io.github.wasmspring.internal.load;

import io.github.wasmspring.module.WasmLocation;

/**
 * Which part of a location names a file: not a host, a repository, a tag, nor the query of a URL.
 *
 * @param start of the part
 * @param end of it; the start if there is none
 */
record LocationFile(int start, int end) {

  static LocationFile of(String location) {
    WasmLocation kind = new WasmLocation(location);
    if (kind.isInRegistry()) {
      int bang = location.indexOf('!');
      return new LocationFile(bang < 0 ? location.length() : bang + 1, location.length());
    }
    return kind.isLocal() ? new LocationFile(0, location.length()) : path(location);
  }

  private static LocationFile path(String location) {
    int scheme = location.indexOf("://");
    int end = first(location, "?#", 0);
    int start = scheme < 0 || scheme > end ? 0 : first(location, "/?#", scheme + 3);
    return new LocationFile(start, end);
  }

  private static int first(String text, String characters, int from) {
    for (int i = from; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
