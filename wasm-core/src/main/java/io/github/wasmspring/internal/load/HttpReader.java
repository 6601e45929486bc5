package io.github.wasmspring.internal.load;

import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmWork;
import io.github.wasmspring.internal.module.SharedTimer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks servers, within bounds of time, size, redirects and attempts. Who answers for one server may
 * not have us ask one that he could not ask himself.
 */
final class HttpReader {

  private static final int MOST_REDIRECTS = 5;
  private static final long NOTHING = CappedBodySubscriber.NOTHING;
  private static final long UNKNOWN = WasmEvent.ModuleProgressed.UNKNOWN;
  private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();

  private final HttpSettings settings;
  private final RedirectHosts redirectHosts;
  private final AddressGuard guard;
  private final Pauses pauses;

  /** Made when first needed: it costs a tenth of a second, and few applications load over HTTP. */
  private @Nullable HttpClient client;

  /** Waits before a server is asked again. */
  @FunctionalInterface
  interface Pauses {
    void pause(Duration time) throws InterruptedException;
  }

  HttpReader(HttpSettings settings) {
    this(settings, new AddressGuard(), time -> Thread.sleep(time.toMillis()));
  }

  /**
   * @throws IllegalArgumentException if a redirect host is not the name of one
   */
  HttpReader(HttpSettings settings, AddressGuard guard, Pauses pauses) {
    this.settings = settings;
    this.redirectHosts = new RedirectHosts(settings.redirectHosts());
    this.guard = guard;
    this.pauses = pauses;
  }

  HttpSettings settings() {
    return this.settings;
  }

  LoadDeadline deadline() {
    return new LoadDeadline(this.settings.timeout());
  }

  static URI uri(String location) throws IOException {
    URI uri;
    try {
      uri = new URI(location);
    } catch (URISyntaxException malformed) {
      throw new IOException(
          "it is not a URL: %s at character %d"
              .formatted(malformed.getReason(), malformed.getIndex() + 1));
    }
    if (uri.getHost() == null) {
      throw new IOException("it is not a URL: it names no host");
    }
    return uri;
  }

  /**
   * What the server says after all redirects, whatever its status is.
   *
   * @throws IOException with a message for people, if there is no answer
   */
  HttpAnswer ask(HttpQuestion question, LoadDeadline deadline) throws IOException {
    URI uri = question.uri();
    HttpAnswer answer = askGuarded(question, uri, deadline);
    for (int redirects = 0; answer.isRedirect(); redirects++) {
      if (redirects == MOST_REDIRECTS) {
        throw new IOException(
            "the server answers %d for the %dth time"
                .formatted(answer.status(), MOST_REDIRECTS + 1));
      }
      URI from = uri;
      uri = target(question, from, Objects.requireNonNull(answer.header("Location")));
      answer = askRedirected(question, from, uri, deadline);
    }
    return answer;
  }

  /**
   * @throws IOException if a server may not have us ask another one for what it wants to be told
   */
  void checkReferral(URI from, URI target, LoadDeadline deadline) throws IOException {
    RedirectHosts.anyTarget(from, target.toString());
    this.guard.checkRedirect(from, target, false, deadline);
  }

  private URI target(HttpQuestion question, URI from, String location) throws IOException {
    return question.anyRedirect()
        ? RedirectHosts.anyTarget(from, location)
        : this.redirectHosts.target(from, location);
  }

  private HttpAnswer askRedirected(
      HttpQuestion question, URI from, URI target, LoadDeadline deadline) throws IOException {
    boolean named = this.redirectHosts.isNamedInFull(target.getHost());
    this.guard.checkRedirect(from, target, named, deadline);
    HttpAnswer answer = askGuarded(question, target, deadline);
    this.guard.checkRedirect(from, target, named, deadline);
    return answer;
  }

  private HttpAnswer askGuarded(HttpQuestion question, URI uri, LoadDeadline deadline)
      throws IOException {
    if (!question.fromOutside()) {
      return askAgain(question, uri, deadline);
    }
    this.guard.checkOutside(uri, deadline);
    HttpAnswer answer = askAgain(question, uri, deadline);
    this.guard.checkOutside(uri, deadline);
    return answer;
  }

  private HttpAnswer askAgain(HttpQuestion question, URI uri, LoadDeadline deadline)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      boolean last = attempt == this.settings.attempts();
      try {
        HttpAnswer answer = exchange(question, uri, deadline).asked(attempt);
        if (last || !RetryPause.mayPass(answer.status())) {
          return answer;
        }
        if (!pause(attempt, answer.header("Retry-After"), deadline)) {
          return answer;
        }
      } catch (ExecutionException failed) {
        Throwable cause = Objects.requireNonNull(failed.getCause());
        if (last || !RetryPause.mayPass(cause) || !pause(attempt, null, deadline)) {
          throw described(cause, uri, deadline);
        }
      }
    }
  }

  /**
   * @return {@code false} if it would be too late then
   */
  private boolean pause(int failed, @Nullable String retryAfter, LoadDeadline deadline)
      throws IOException {
    Duration pause = RetryPause.after(failed, retryAfter, Clock.systemUTC());
    if (!deadline.leaves(pause)) {
      return false;
    }
    try {
      this.pauses.pause(pause);
      return true;
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  /**
   * Of an answer whose body nobody wants, the head is taken as soon as it is there: over HTTP/2, an
   * exchange that is stopped in its body has no answer.
   */
  private HttpAnswer exchange(HttpQuestion question, URI uri, LoadDeadline deadline)
      throws IOException, ExecutionException {
    CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    AtomicReference<CappedBodySubscriber> arriving = new AtomicReference<>();
    CompletableFuture<HttpResponse<ByteChunks>> exchange =
        client()
            .sendAsync(
                request(question, uri),
                info -> {
                  long most = info.statusCode() == 200 ? question.most() : NOTHING;
                  CappedBodySubscriber subscriber =
                      new CappedBodySubscriber(
                          most, info.headers().firstValueAsLong("Content-Length").orElse(UNKNOWN));
                  arriving.set(subscriber);
                  if (most == NOTHING) {
                    answer.complete(
                        new HttpAnswer(
                            info.statusCode(), info.headers(), new ByteChunks(), uri, 1));
                  }
                  return subscriber;
                });
    exchange.whenComplete((response, failure) -> complete(answer, uri, response, failure));
    try {
      HttpAnswer taken = await(answer, arriving, deadline);
      if (!exchange.isDone()) {
        SharedTimer.later(
            Duration.ofNanos(Math.max(0, deadline.left())),
            Runnable::run,
            () -> exchange.cancel(true));
      }
      return taken;
    } catch (TimeoutException late) {
      exchange.cancel(true);
      throw deadline.passed(late);
    } catch (InterruptedException interrupted) {
      exchange.cancel(true);
      throw interrupted(interrupted);
    }
  }

  /** Whoever waits tells how far it is. */
  private static HttpAnswer await(
      CompletableFuture<HttpAnswer> answer,
      AtomicReference<CappedBodySubscriber> arriving,
      LoadDeadline deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    LoadProgress.Part part = LoadProgress.begin(WasmWork.DOWNLOAD);
    if (part == null) {
      return answer.get(deadline.left(), TimeUnit.NANOSECONDS);
    }
    try {
      while (deadline.left() > LOOK_NANOS) {
        try {
          return answer.get(LOOK_NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException underWay) {
          CappedBodySubscriber body = arriving.get();
          if (body != null && body.isWanted()) {
            part.advance(body.arrived(), body.expected());
          }
        }
      }
      return answer.get(deadline.left(), TimeUnit.NANOSECONDS);
    } finally {
      CappedBodySubscriber body = arriving.get();
      part.end(body == null ? 0 : body.arrived());
    }
  }

  private static void complete(
      CompletableFuture<HttpAnswer> answer,
      URI uri,
      @Nullable HttpResponse<ByteChunks> response,
      @Nullable Throwable failure) {
    if (response != null) {
      answer.complete(
          new HttpAnswer(response.statusCode(), response.headers(), response.body(), uri, 1));
    } else if (failure != null) {
      Throwable cause = failure.getCause();
      answer.completeExceptionally(
          failure instanceof CompletionException && cause != null ? cause : failure);
    }
  }

  private static HttpRequest request(HttpQuestion question, URI uri) throws IOException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).method(question.method(), body(question, uri));
      for (Map.Entry<String, String> header : question.headers().apply(uri).entrySet()) {
        request.header(header.getKey(), header.getValue());
      }
      return request.build();
    } catch (IllegalArgumentException unfit) {
      throw new IOException("it is not a URL that can be asked for over HTTP");
    }
  }

  private static HttpRequest.BodyPublisher body(HttpQuestion question, URI uri) {
    return question.form() != null && question.uri().equals(uri)
        ? HttpRequest.BodyPublishers.ofString(question.form())
        : HttpRequest.BodyPublishers.noBody();
  }

  private static InterruptedIOException interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    InterruptedIOException failure = new InterruptedIOException("reading was interrupted");
    failure.initCause(interrupted);
    return failure;
  }

  private static IOException described(Throwable cause, URI uri, LoadDeadline deadline) {
    if (cause instanceof OversizeException large) {
      return large;
    }
    if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
      return deadline.passed(cause);
    }
    String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    return new IOException(HttpFailures.describe(cause, host), cause);
  }

  private synchronized HttpClient client() {
    HttpClient made = this.client;
    if (made == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .connectTimeout(this.settings.connectTimeout())
              .followRedirects(HttpClient.Redirect.NEVER);
      if (this.settings.tls() != null) {
        builder.sslContext(this.settings.tls());
      }
      made = builder.build();
      this.client = made;
    }
    return made;
  }
}
