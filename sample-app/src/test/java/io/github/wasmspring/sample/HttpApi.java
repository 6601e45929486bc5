package io.github.wasmspring.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The application as a client sees it. */
final class HttpApi {

  /** An answer. */
  record Answer(int status, String source, String contentType, String body) {}

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final int port;

  HttpApi(int port) {
    this.port = port;
  }

  Answer post(String path, String body) {
    return post(path, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer post(String path, byte[] body) {
    return post(path, BodyPublishers.ofByteArray(body));
  }

  Answer post(String path, BodyPublisher body) {
    return send(request(path).POST(body).build());
  }

  Answer post(String path, String contentType, String body) {
    return send(
        request(path)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** As a page of another site has a browser send it. */
  Answer postFromElsewhere(String path) {
    return send(
        request(path).header("Sec-Fetch-Site", "cross-site").POST(BodyPublishers.noBody()).build());
  }

  Answer get(String path) {
    return send(request(path).build());
  }

  Answer delete(String path) {
    return send(request(path).DELETE().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
        .timeout(Duration.ofSeconds(60));
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          this.client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(
          response.statusCode(),
          String.join("|", response.headers().allValues("X-Wasm-Source")),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
