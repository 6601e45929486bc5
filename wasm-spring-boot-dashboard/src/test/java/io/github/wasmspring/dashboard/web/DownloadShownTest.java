package io.github.wasmspring.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.dashboard.DashboardServer;
import io.github.wasmspring.dashboard.Modules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A module that comes slowly shows how much of it has come. */
@Timeout(120)
class DownloadShownTest {

  private final CountDownLatch gate = new CountDownLatch(1);

  @TempDir private Path folder;

  private HttpServer source;
  private byte[] module;

  @BeforeEach
  void start() throws IOException {
    this.module = Files.readAllBytes(Modules.boom(this.folder));
    this.source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    this.source.createContext("/", this::answer);
    this.source.start();
  }

  @AfterEach
  void stop() {
    this.gate.countDown();
    this.source.stop(0);
  }

  /** Half of it, and the rest when somebody has seen that. */
  private void answer(HttpExchange exchange) throws IOException {
    int half = this.module.length / 2;
    try (exchange) {
      exchange.sendResponseHeaders(200, this.module.length);
      exchange.getResponseBody().write(this.module, 0, half);
      exchange.getResponseBody().flush();
      if (!this.gate.await(60, TimeUnit.SECONDS)) {
        throw new IOException("Nobody has seen the first half");
      }
      exchange.getResponseBody().write(this.module, half, this.module.length - half);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode work(DashboardServer server) throws Exception {
    for (JsonNode work : server.json("/api/snapshot").get("progress")) {
      if (work.get("title").stringValue().startsWith("Load slow ")) {
        return work;
      }
    }
    throw new AssertionError("It is not under way");
  }

  @Test
  void asAShareUntilItIsThere() throws Exception {
    String location = "http://127.0.0.1:" + this.source.getAddress().getPort() + "/slow.wasm";
    try (DashboardServer server =
        DashboardServer.onLoopback("wasm.modules.slow.location=" + location)) {
      WasmModuleManager manager = server.bean(WasmModuleManager.class);
      CompletableFuture<Void> loading =
          CompletableFuture.runAsync(() -> manager.prefetch("slow", WasmModuleManager.DEFAULT));
      await()
          .untilAsserted(
              () -> {
                JsonNode work = work(server);
                assertThat(work.get("state").stringValue()).isEqualTo("running");
                assertThat(work.get("share").isNumber()).isTrue();
                assertThat(work.get("share").doubleValue()).isBetween(0.4, 0.6);
                assertThat(work.get("text").stringValue())
                    .isEqualTo(
                        "%d of %d bytes (%d %%)"
                            .formatted(
                                this.module.length / 2,
                                this.module.length,
                                this.module.length / 2 * 100 / this.module.length));
              });
      this.gate.countDown();
      loading.get(60, TimeUnit.SECONDS);
      assertThat(work(server).get("state").stringValue()).isEqualTo("done");
    }
  }
}
