package io.github.wasmspring.internal.load;

import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.module.WasmLocation;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens {@code http:} and {@code https:} URLs. Redirects are followed within the same host or to
 * hosts that are named, and never from https to http. The whole module must have arrived within the
 * timeout.
 */
public final class HttpLocationResolver implements WasmLocationResolver {

  private static final int MOST_REDIRECTS = 5;

  private final Duration timeout;
  private final long maxSize;
  private final RedirectHosts redirectHosts;

  /** Made when first needed: it costs a tenth of a second, and few applications load over HTTP. */
  private @Nullable HttpClient client;

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
    this.timeout = timeout;
    this.maxSize = maxSize;
    this.redirectHosts = new RedirectHosts(redirectHosts);
  }

  @Override
  public boolean supports(String location) {
    return new WasmLocation(location).isRemote();
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    URI uri;
    try {
      uri = new URI(location);
    } catch (URISyntaxException malformed) {
      throw new IOException(
          "it is not a URL: %s at character %d"
              .formatted(malformed.getReason(), malformed.getIndex() + 1));
    }
    long start = System.nanoTime();
    HttpResponse<byte[]> response = get(uri, start);
    for (int redirects = 0; isRedirect(response); redirects++) {
      if (redirects == MOST_REDIRECTS) {
        throw new IOException(
            "the server answers %d for the %dth time"
                .formatted(response.statusCode(), MOST_REDIRECTS + 1));
      }
      uri = this.redirectHosts.target(uri, response.headers().firstValue("Location").orElseThrow());
      response = get(uri, start);
    }
    return new ByteArrayInputStream(body(response));
  }

  private static boolean isRedirect(HttpResponse<?> response) {
    return switch (response.statusCode()) {
      case 301, 302, 303, 307, 308 -> response.headers().firstValue("Location").isPresent();
      default -> false;
    };
  }

  private static byte[] body(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() == 404 || response.statusCode() == 410) {
      throw new FileNotFoundException("the server answers " + response.statusCode());
    }
    if (response.statusCode() != 200) {
      throw new IOException("the server answers " + response.statusCode());
    }
    return response.body();
  }

  private HttpResponse<byte[]> get(URI uri, long start) throws IOException {
    if (uri.getHost() == null) {
      throw new IOException("it is not a URL: it names no host");
    }
    HttpRequest request;
    try {
      request = HttpRequest.newBuilder(uri).build();
    } catch (IllegalArgumentException unfit) {
      throw new IOException("it is not a URL that can be asked for over HTTP");
    }
    return await(
        client()
            .sendAsync(
                request,
                info ->
                    new CappedBodySubscriber(
                        info.statusCode() == 200 ? this.maxSize : CappedBodySubscriber.NOTHING)),
        uri,
        this.timeout.toNanos() - (System.nanoTime() - start));
  }

  private synchronized HttpClient client() {
    HttpClient made = this.client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(this.timeout)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      this.client = made;
    }
    return made;
  }

  private <T> T await(CompletableFuture<T> exchange, URI uri, long nanos) throws IOException {
    try {
      return exchange.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      exchange.cancel(true);
      throw tooLate(late);
    } catch (InterruptedException interrupted) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("reading was interrupted").initCause(interrupted);
    } catch (ExecutionException failed) {
      Throwable cause = Objects.requireNonNull(failed.getCause());
      if (cause instanceof HttpTimeoutException) {
        throw tooLate(cause);
      }
      String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
      throw new IOException(HttpFailures.describe(cause, host), cause);
    }
  }

  private IOException tooLate(Throwable cause) {
    return new IOException(
        "it did not arrive within %d ms".formatted(this.timeout.toMillis()), cause);
  }
}
