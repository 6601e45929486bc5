package io.github.wasmspring.internal.load;

import io.github.wasmspring.internal.module.ShownLocation;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where a server may send us: nobody who answers for one host may have us ask any other. */
final class RedirectHosts {

  private static final Pattern NAME =
      Pattern.compile("(?:\\*\\.)?[\\p{Alnum}_-]+(?:\\.[\\p{Alnum}_-]+)*|\\[[\\p{XDigit}:.]+]");

  /** No name in the DNS is longer. */
  private static final int LONGEST = 253;

  private final List<String> names;

  /**
   * @throws IllegalArgumentException if one is not the name of a host
   */
  RedirectHosts(Collection<String> names) {
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "'%s' is not the name of a host such as objects.example.org, or *.example.org for all below it; scheme, port and path are left out"
                .formatted(ShownLocation.of(name)));
      }
    }
    this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * Where to go on.
   *
   * @param from what was asked for
   * @param location what the server answers, absolute or relative
   */
  URI target(URI from, String location) throws IOException {
    URI target = anyTarget(from, location);
    String host = target.getHost();
    if (!host.equalsIgnoreCase(from.getHost()) && !isNamed(host)) {
      throw new IOException(
          "the server redirects to the host %s; if it may, add that to wasm.loader.redirect-hosts"
              .formatted(shown(host)));
    }
    return target;
  }

  /** The same, whatever its host: for what is known by its digest, wherever it comes from. */
  static URI anyTarget(URI from, String location) throws IOException {
    URI target;
    try {
      target = from.resolve(new URI(location));
    } catch (URISyntaxException malformed) {
      throw new IOException("the server redirects to what is not a URL");
    }
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    String host = target.getHost();
    if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IOException("the server redirects to what is no http or https URL");
    }
    if (scheme.equals("http") && "https".equalsIgnoreCase(from.getScheme())) {
      throw new IOException("the server redirects from https to http, to the host " + shown(host));
    }
    return target;
  }

  private boolean isNamed(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return isNamedInFull(lower)
        || this.names.stream()
            .anyMatch(name -> name.startsWith("*.") && lower.endsWith(name.substring(1)));
  }

  /** Whether it is named itself, and not as one of many. */
  boolean isNamedInFull(String host) {
    return this.names.contains(host.toLowerCase(Locale.ROOT));
  }

  static String shown(String host) {
    return host.length() > LONGEST ? host.substring(0, LONGEST) + "…" : host;
  }
}
