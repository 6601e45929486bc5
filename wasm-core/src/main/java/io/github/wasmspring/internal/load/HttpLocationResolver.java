package io.github.wasmspring.internal.load;

import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmLocation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens {@code http:} and {@code https:} URLs. Redirects are followed within the same host or to
 * hosts that are named, never from https to http and never to where the server that redirects could
 * not be asked from. The whole module must have arrived within the timeout. What was read before is
 * asked for only if it has changed.
 */
public final class HttpLocationResolver implements WasmLocationResolver {

  /** Longer headers are not kept: nobody has a use for them but to fill the heap. */
  private static final int LONGEST_HEADER = 1 << 10;

  /** Longer targets of redirects neither. */
  private static final int LONGEST_URI = 1 << 13;

  private final HttpReader reader;
  private final RecentlyUsed<KnownAnswer> known = new RecentlyUsed<>();

  /**
   * What a server said when it was asked before.
   *
   * @param uri of the server that said it
   * @param etag what it calls these bytes. A time would not do: builds that can be repeated give
   *     all files the same, and whoever goes back to an older file gives it an older one
   * @param encoding how the body was packed
   */
  private record KnownAnswer(URI uri, String etag, @Nullable String encoding, KeptBody body) {

    boolean isSmall() {
      return this.etag.length() <= LONGEST_HEADER
          && (this.encoding == null || this.encoding.length() <= LONGEST_HEADER)
          && this.uri.toString().length() <= LONGEST_URI;
    }
  }

  /**
   * @param timeout for connecting and reading, all together
   * @param maxSize more bytes than this are not read
   */
  public HttpLocationResolver(Duration timeout, long maxSize) {
    this(timeout, maxSize, List.of());
  }

  /**
   * @param timeout for connecting and reading, all together
   * @param maxSize more bytes than this are not read
   * @param redirectHosts other hosts that a server may redirect to, such as {@code
   *     objects.example.org} or {@code *.example.org}
   * @throws IllegalArgumentException if one is not the name of a host
   */
  public HttpLocationResolver(Duration timeout, long maxSize, Collection<String> redirectHosts) {
    this(
        HttpSettings.builder()
            .timeout(timeout)
            .maxSize(maxSize)
            .redirectHosts(List.copyOf(redirectHosts))
            .build());
  }

  /**
   * @throws IllegalArgumentException if a redirect host is not the name of one
   */
  public HttpLocationResolver(HttpSettings settings) {
    this(new HttpReader(settings));
  }

  HttpLocationResolver(HttpReader reader) {
    this.reader = reader;
  }

  @Override
  public boolean supports(String location) {
    WasmLocation asked = new WasmLocation(location);
    return asked.isRemote() && !asked.isInRegistry();
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    return open(location, false);
  }

  @Override
  public InputStream openFromOutside(String location, ClassLoader classLoader) throws IOException {
    return open(location, true);
  }

  private InputStream open(String location, boolean fromOutside) throws IOException {
    String key = LastReads.key(location, fromOutside);
    KnownAnswer before = this.known.get(key);
    ByteChunks kept = before == null ? null : before.body().get();
    LoadDeadline deadline = this.reader.deadline();
    HttpAnswer answer =
        ask(
            location,
            kept == null ? null : before,
            this.reader.settings().maxSize(),
            fromOutside,
            deadline);
    if (answer.status() == 304 && before != null && kept != null) {
      return unpacked(kept, before.encoding(), deadline, fromOutside);
    }
    this.known.remove(key);
    ByteChunks body = answer.expectOk().body();
    String etag = answer.header("ETag");
    String encoding = answer.header("Content-Encoding");
    if (etag != null) {
      KnownAnswer now = new KnownAnswer(answer.uri(), etag, encoding, KeptBody.of(body));
      if (now.isSmall()) {
        this.known.put(key, now);
      }
    }
    return unpacked(body, encoding, deadline, fromOutside);
  }

  private static InputStream unpacked(
      ByteChunks body, @Nullable String encoding, LoadDeadline deadline, boolean fromOutside)
      throws IOException {
    return Packing.unpackContent(
        encoding, GuardedStream.until(deadline, body.stream(!KeptBody.isKept(body))), fromOutside);
  }

  @Override
  public boolean mayHaveChanged(String location, ClassLoader classLoader, boolean fromOutside)
      throws IOException {
    KnownAnswer before = this.known.get(LastReads.key(location, fromOutside));
    return before == null
        || ask(location, before, CappedBodySubscriber.NOTHING, fromOutside, this.reader.deadline())
                .status()
            != 304;
  }

  private HttpAnswer ask(
      String location,
      @Nullable KnownAnswer before,
      long most,
      boolean fromOutside,
      LoadDeadline deadline)
      throws IOException {
    return this.reader.ask(
        HttpQuestion.get(HttpReader.uri(location), most, fromOutside)
            .headers(uri -> headers(uri, before, fromOutside)),
        deadline);
  }

  private static Map<String, String> headers(
      URI uri, @Nullable KnownAnswer before, boolean fromOutside) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept-Encoding", Packing.acceptedContent(fromOutside));
    if (before != null && before.uri().equals(uri)) {
      headers.put("If-None-Match", before.etag());
    }
    return headers;
  }
}
