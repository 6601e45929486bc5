package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.event.WasmEvent.ModuleReady;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A module that has changed where it comes from is loaded again, and no other. */
@Timeout(60)
class RefreshTest {

  private static final byte[] FIRST = Guests.bytes("scalar");
  private static final byte[] SECOND = withSection("second");

  private static final Duration PATIENT = Duration.ofSeconds(40);

  private final TestRuntime runtime = new TestRuntime();

  /** The same module, but for a custom section. */
  private static byte[] withSection(String name) {
    byte[] bytes = Arrays.copyOf(FIRST, FIRST.length + name.length() + 3);
    bytes[FIRST.length + 1] = (byte) (name.length() + 1);
    bytes[FIRST.length + 2] = (byte) name.length();
    for (int i = 0; i < name.length(); i++) {
      bytes[FIRST.length + 3 + i] = (byte) name.charAt(i);
    }
    return bytes;
  }

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void register(String location) {
    this.runtime.with(WasmModuleDescriptor.builder("plugin").location(location));
  }

  private String digest() {
    return this.runtime.manager.status("plugin").get(0).digest();
  }

  private int loads() {
    return this.runtime.events(ModuleReady.class).size();
  }

  @Test
  void onlyWhatHasChangedIsLoadedAgain() {
    register(this.runtime.bytes.put("plugin", FIRST));
    this.runtime.manager.warmUp("plugin");

    assertThat(this.runtime.manager.refresh("plugin")).isFalse();
    assertThat(loads()).isOne();

    this.runtime.bytes.put("plugin", SECOND);
    assertThat(this.runtime.manager.refresh("plugin")).isTrue();
    assertThat(digest()).isEqualTo(WasmDigest.of(SECOND));
    assertThat(this.runtime.manager.refresh("plugin")).isFalse();
    assertThat(loads()).isEqualTo(2);
  }

  @Test
  void whatIsNotLoadedIsLeftAlone() {
    register(this.runtime.bytes.put("plugin", FIRST));

    assertThat(this.runtime.manager.refresh("plugin")).isFalse();
    assertThat(this.runtime.bytes.opened).hasValue(0);
  }

  @Test
  void theOldStaysWhereTheNewCanNotBeLoaded() {
    register(this.runtime.bytes.put("plugin", FIRST));
    this.runtime.manager.warmUp("plugin");

    this.runtime.bytes.put("plugin", "<html>".getBytes());
    failure(WasmErrorCategory.MALFORMED, () -> this.runtime.manager.refresh("plugin"));
    this.runtime.bytes.put("plugin", Arrays.copyOf(FIRST, FIRST.length - 1));
    failure(WasmErrorCategory.MALFORMED, () -> this.runtime.manager.refresh("plugin"));
    this.runtime.bytes.remove("plugin");
    failure(WasmErrorCategory.LOAD, () -> this.runtime.manager.refresh("plugin"));

    assertThat(digest()).isEqualTo(WasmDigest.of(FIRST));
    assertThat(this.runtime.manager.status("plugin").get(0).state())
        .isEqualTo(WasmModuleState.READY);
    this.runtime.bytes.put("plugin", SECOND);
    assertThat(this.runtime.manager.refresh("plugin")).isTrue();
  }

  @Test
  void somethingLooksNowAndThen() {
    this.runtime.with(
        WasmModuleDescriptor.builder("plugin")
            .location(this.runtime.bytes.put("plugin", FIRST))
            .settings(settings -> settings.checkInterval(Duration.ofSeconds(1))));
    this.runtime.manager.warmUp("plugin");

    this.runtime.bytes.remove("plugin");
    int opened = this.runtime.bytes.opened.get();
    await().atMost(PATIENT).until(() -> this.runtime.bytes.opened.get() > opened);
    assertThat(digest()).isEqualTo(WasmDigest.of(FIRST));

    this.runtime.bytes.put("plugin", SECOND);
    await().atMost(PATIENT).until(() -> digest().equals(WasmDigest.of(SECOND)));
  }

  @Test
  void aServerIsAskedWhetherItHasChanged() throws IOException {
    List<String> conditions = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      server.createContext("/", exchange -> answer(exchange, conditions));
      server.start();
      register("http://127.0.0.1:%d/plugin.wasm".formatted(server.getAddress().getPort()));
      this.runtime.manager.warmUp("plugin");

      assertThat(this.runtime.manager.refresh("plugin")).isFalse();
      assertThat(this.runtime.manager.refresh("plugin")).isFalse();
      this.runtime.manager.reload("plugin");

      assertThat(conditions).containsExactly("none", "\"1\"", "\"1\"", "\"1\"");
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, List<String> conditions) throws IOException {
    try (exchange) {
      String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
      conditions.add(condition == null ? "none" : condition);
      exchange.getResponseHeaders().set("ETag", "\"1\"");
      if (condition != null) {
        exchange.sendResponseHeaders(304, -1);
      } else {
        exchange.sendResponseHeaders(200, FIRST.length);
        exchange.getResponseBody().write(FIRST);
      }
    }
  }
}
