package io.github.wasmspring.internal.load;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine, which remembers what it was asked. */
final class ModuleServer implements AutoCloseable {

  /** The smallest module that there is. */
  static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

  /** Another one: it has a custom section. */
  static final byte[] OTHER = {0, 'a', 's', 'm', 1, 0, 0, 0, 0, 2, 1, 'x'};

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final CountDownLatch over = new CountDownLatch(1);
  private final Map<String, Answering> answers = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  record Asked(String method, String path, Headers headers) {

    String header(String name) {
      return this.headers.getFirst(name);
    }
  }

  @FunctionalInterface
  interface Answering {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  ModuleServer() {
    this(0);
  }

  ModuleServer(int port) {
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    this.server.createContext("/", this::answer);
    this.server.setExecutor(this.threads);
    this.server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    Headers headers = new Headers();
    headers.putAll(exchange.getRequestHeaders());
    this.asked.add(new Asked(exchange.getRequestMethod(), path, headers));
    try (exchange) {
      this.answers.getOrDefault(path, ModuleServer::notFound).to(exchange);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    send(exchange, 404, new byte[0]);
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  int port() {
    return this.server.getAddress().getPort();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /**
   * @return the URL
   */
  String serve(String path, Answering answering) {
    this.answers.put(path, answering);
    return url(path);
  }

  String serve(String path, byte[] body) {
    return serve(path, exchange -> send(exchange, 200, body));
  }

  String redirect(String path, String target) {
    return serve(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", target);
          send(exchange, 302, new byte[0]);
        });
  }

  List<String> paths() {
    return this.asked.stream().map(Asked::path).toList();
  }

  @Override
  public void close() {
    this.over.countDown();
    this.server.stop(0);
    this.threads.shutdownNow();
  }
}
