package io.github.wasmspring.autoconfigure;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;

/**
 * Asks a server by a connection of its own. Reactor Netty 1.3.6 never reads a request that comes on
 * a kept connection just before it has ended the answer to the last one (reactor-netty#4361).
 */
public final class ConnectionPerRequest {

  private ConnectionPerRequest() {}

  public static <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, body);
  }
}
