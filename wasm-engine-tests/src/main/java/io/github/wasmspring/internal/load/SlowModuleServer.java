package io.github.wasmspring.internal.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.wasmspring.testing.ModuleMaker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends modules that answer with a number, piece by piece: {@code /known/7.wasm} says how long the
 * module is, {@code /chunked/7.wasm} does not.
 */
final class SlowModuleServer implements AutoCloseable {

  /** Of a module. */
  static final int PIECES = 40;

  static final int PIECE = 4 << 10;

  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(700);
  private static final int PADDING = PIECES * PIECE - 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile CountDownLatch awaited = new CountDownLatch(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  SlowModuleServer() throws IOException {
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.server.setExecutor(this.threads);
    this.server.createContext("/", this::answer);
    this.server.start();
  }

  /** Where a module is. */
  String location(String kind, int number) {
    return url() + kind + "/" + number + ".wasm";
  }

  String url() {
    return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/";
  }

  /** Is open when so many pieces more have been sent. */
  CountDownLatch after(int pieces) {
    CountDownLatch latch = new CountDownLatch(pieces);
    this.awaited = latch;
    return latch;
  }

  /** Sends half of a module and no more until it is open. */
  CountDownLatch holdHalfWay() {
    CountDownLatch latch = new CountDownLatch(1);
    this.gate = latch;
    return latch;
  }

  private void passGate() {
    try {
      if (!this.gate.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Nobody has opened the gate");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] module =
          module(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1, path.length() - 5)));
      exchange.sendResponseHeaders(200, path.startsWith("/known/") ? module.length : 0);
      OutputStream out = exchange.getResponseBody();
      for (int sent = 0; sent < module.length; sent += PIECE) {
        out.write(module, sent, Math.min(PIECE, module.length - sent));
        out.flush();
        this.awaited.countDown();
        if (sent / PIECE == PIECES / 2) {
          passGate();
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /**
   * A module that answers with a number.
   *
   * @param number 0 to 63
   */
  static byte[] module(int number) {
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.writeBytes(
        new ModuleMaker()
            .type("60 00 01 7f")
            .function(0, "00 41 %02x 0b".formatted(number))
            .export("answer", ModuleMaker.FUNCTION, 0)
            .bytes());
    byte[] padding = new byte[PADDING];
    new Random(number).nextBytes(padding);
    module.write(0);
    int size = padding.length + 2;
    for (; size > 127; size >>>= 7) {
      module.write(size & 127 | 128);
    }
    module.write(size);
    module.write(1);
    module.write('p');
    module.writeBytes(padding);
    return module.toByteArray();
  }

  @Override
  public void close() {
    this.server.stop(0);
    this.threads.shutdownNow();
  }
}
