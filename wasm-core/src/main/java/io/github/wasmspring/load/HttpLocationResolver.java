package io.github.wasmspring.load;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens {@code http:} and {@code https:} URLs. Redirects are followed, but never from https to
 * http. The whole module must have arrived within the timeout.
 */
public final class HttpLocationResolver implements WasmLocationResolver {

  private final Duration timeout;
  private final long maxSize;

  /** Made when first needed: it costs a tenth of a second, and few applications load over HTTP. */
  private @Nullable HttpClient client;

  /**
   * @param timeout for connecting and reading, all together
   * @param maxSize more bytes than this are not read
   */
  public HttpLocationResolver(Duration timeout, long maxSize) {
    this.timeout = timeout;
    this.maxSize = maxSize;
  }

  @Override
  public boolean supports(String location) {
    return location.startsWith("http://") || location.startsWith("https://");
  }

  @Override
  public InputStream open(String location, ClassLoader classLoader) throws IOException {
    HttpRequest request;
    try {
      request = HttpRequest.newBuilder(URI.create(location)).build();
    } catch (IllegalArgumentException unreadable) {
      throw new IOException("it is not a URL: " + unreadable.getMessage(), unreadable);
    }
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client()
            .sendAsync(
                request,
                info ->
                    new CappedBodySubscriber(
                        info.statusCode() == 200 ? this.maxSize : CappedBodySubscriber.NOTHING));
    HttpResponse<byte[]> response = await(exchange);
    if (response.statusCode() == 404 || response.statusCode() == 410) {
      throw new FileNotFoundException("the server answers " + response.statusCode());
    }
    if (response.statusCode() != 200) {
      throw new IOException("the server answers " + response.statusCode());
    }
    return new java.io.ByteArrayInputStream(response.body());
  }

  private synchronized HttpClient client() {
    HttpClient made = this.client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(this.timeout)
              .followRedirects(HttpClient.Redirect.NORMAL)
              .build();
      this.client = made;
    }
    return made;
  }

  private <T> T await(CompletableFuture<T> exchange) throws IOException {
    try {
      return exchange.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      exchange.cancel(true);
      throw tooLate(late);
    } catch (InterruptedException interrupted) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("reading was interrupted").initCause(interrupted);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof HttpTimeoutException) {
        throw tooLate(cause);
      }
      String message = cause.getMessage();
      throw new IOException(message != null ? message : cause.getClass().getSimpleName(), cause);
    }
  }

  private IOException tooLate(Throwable cause) {
    return new IOException(
        "it did not arrive within %d ms".formatted(this.timeout.toMillis()), cause);
  }
}
