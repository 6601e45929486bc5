package io.github.wasmspring.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.dashboard.DashboardServer;
import io.github.wasmspring.dashboard.DashboardTable;
import io.github.wasmspring.dashboard.Modules;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stream, read by a client that others wrote. */
@Timeout(120)
class DashboardStreamTest {

  @TempDir private Path folder;

  /** An open stream. */
  private static final class Stream implements AutoCloseable {

    private final HttpResponse<InputStream> answer;
    private final BufferedReader lines;

    Stream(DashboardServer server) throws Exception {
      this.answer =
          server.open(server.request("/api/events").header("Accept", "text/event-stream"));
      this.lines =
          new BufferedReader(new InputStreamReader(this.answer.body(), StandardCharsets.UTF_8));
    }

    int status() {
      return this.answer.statusCode();
    }

    /** The data of the next event of that name for which something holds. */
    JsonNode next(String event, Predicate<JsonNode> wanted) throws IOException {
      String name = "";
      for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ") && name.equals(event)) {
          JsonNode data = JsonMapper.shared().readTree(line.substring("data: ".length()));
          if (wanted.test(data)) {
            return data;
          }
        }
      }
      throw new AssertionError("The stream ended without " + event);
    }

    JsonNode next(String event) throws IOException {
      return next(event, any -> true);
    }

    boolean isAtEnd() throws IOException {
      return this.lines.readLine() == null;
    }

    @Override
    public void close() throws IOException {
      this.answer.body().close();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Counting {

    static final AtomicInteger asked = new AtomicInteger();

    @Bean
    DashboardSection counter() {
      return DashboardSection.of(
          "counter",
          "Counter",
          () ->
              DashboardTable.of(
                  List.of(DashboardTable.count("asked", "Asked")),
                  List.of(DashboardTable.row("one", asked.incrementAndGet()))));
    }

    @Bean
    DashboardSection broken() {
      return DashboardSection.of(
          "broken",
          "Broken",
          () -> {
            throw new IllegalStateException("no figures today");
          });
    }

    @Bean
    DashboardSection worse() {
      return DashboardSection.of(
          "worse",
          "Worse",
          () -> {
            throw new NoClassDefFoundError("com/example/Gone");
          });
    }
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().startsWith(name))
        .count();
  }

  @Test
  void firstEverythingIsTold_thenWhatIsNew() throws Exception {
    try (DashboardServer server = DashboardServer.onLoopback();
        Stream stream = new Stream(server)) {
      WasmModuleManager manager = server.bean(WasmModuleManager.class);
      JsonNode snapshot = stream.next("snapshot");
      assertThat(stream.answer.headers().firstValue("content-type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(snapshot.get("modules")).hasSizeGreaterThan(5);
      assertThat(snapshot.get("figures").get("clients").get("open").intValue()).isEqualTo(1);

      manager.execute("json", "format", "{\"a\":1}", Map.of("indent", 2));

      assertThat(
              stream
                  .next("event", event -> event.get("type").stringValue().equals("ModuleReady"))
                  .get("module")
                  .stringValue())
          .isEqualTo("json");
      JsonNode modules =
          stream.next(
              "modules", data -> module(data, "json").get("state").stringValue().equals("READY"));
      assertThat(module(modules, "json").get("digest").stringValue()).startsWith("sha256:");
    }
  }

  @Test
  void figuresTellOfCallsOfTheLastSecond() throws Exception {
    try (DashboardServer server = DashboardServer.onLoopback();
        Stream stream = new Stream(server)) {
      WasmModuleManager manager = server.bean(WasmModuleManager.class);
      stream.next("snapshot");
      for (int i = 0; i < 500; i++) {
        manager.execute("json", "format", "{\"a\":1}", Map.of("indent", 2));
      }

      JsonNode figures =
          stream.next("figures", data -> data.get("total").get("total").longValue() >= 500);

      JsonNode calls = figures.get("total");
      assertThat(calls.get("wasm").longValue()).isEqualTo(500);
      assertThat(calls.get("perSecond").doubleValue()).isPositive();
      JsonNode minute = calls.get("lastMinute");
      assertThat(minute.get("calls").longValue()).isEqualTo(500);
      assertThat(minute.get("wasmShare").doubleValue()).isEqualTo(1);
      assertThat(minute.get("p50Nanos").longValue())
          .isPositive()
          .isLessThanOrEqualTo(minute.get("p99Nanos").longValue());
      assertThat(minute.get("p99Nanos").longValue())
          .isLessThanOrEqualTo(minute.get("maxNanos").longValue());
      String key = "json@" + manager.registry().get("json", WasmModuleManager.DEFAULT).version();
      JsonNode json = figures.get("modules").get(key).get("calls").get("lastMinute");
      assertThat(json.get("p50Nanos").longValue()).isPositive();
      assertThat(figures.get("memory").get("usedBytes").longValue()).isPositive();
    }
  }

  private static JsonNode module(JsonNode data, String id) {
    for (JsonNode each : data.get("modules")) {
      if (each.get("id").stringValue().equals(id)) {
        return each;
      }
    }
    throw new AssertionError("There is no module " + id);
  }

  @Test
  void aBurstOfFailuresIsOneEventThatCounts() throws Exception {
    String location = "wasm.modules.boom.location=" + Modules.boom(this.folder).toUri();
    try (DashboardServer server =
            DashboardServer.onLoopback(location, "wasm.defaults.quarantine.failures=0");
        Stream stream = new Stream(server)) {
      WasmModuleManager manager = server.bean(WasmModuleManager.class);
      stream.next("snapshot");
      for (int i = 0; i < 300; i++) {
        try {
          manager.execute("boom", "boom", null);
        } catch (WasmException expected) {
          assertThat(expected.module()).isEqualTo("boom");
        }
      }

      JsonNode event =
          stream.next(
              "event",
              each ->
                  each.get("type").stringValue().equals("CallFailed")
                      && each.get("count").longValue() == 300);

      assertThat(event.get("text").stringValue()).startsWith("boom failed (TRAP)");
      JsonNode figures = stream.next("figures", data -> data.get("errors").has("TRAP"));
      assertThat(figures.get("errors").get("TRAP").longValue()).isEqualTo(300);
    }
  }

  @Test
  void sectionsOfOthersAreToldWhenTheyChange() throws Exception {
    try (DashboardServer server = DashboardServer.onLoopback(new Class<?>[] {Counting.class})) {
      int before = Counting.asked.get();
      try (Stream stream = new Stream(server)) {
        JsonNode sections = stream.next("snapshot").get("sections");
        JsonNode broken = section(sections, "broken");
        assertThat(broken.get("data").get("note").stringValue()).contains("no figures today");
        assertThat(section(sections, "worse").get("data").get("note").stringValue())
            .contains("com/example/Gone");
        JsonNode counter = section(sections, "counter");
        assertThat(counter.get("data").get("columns").get(0).get("unit").stringValue())
            .isEqualTo("count");

        JsonNode later =
            stream.next("section", each -> each.get("id").stringValue().equals("counter"));

        assertThat(later.get("data").get("rows").get(0).get("cells").get("asked").intValue())
            .isGreaterThan(before + 1);
      }
      await().until(() -> threads("wasm-dashboard-") == 0);
      int after = Counting.asked.get();
      assertThat(server.get("/api/session").statusCode()).isEqualTo(200);
      assertThat(Counting.asked).hasValue(after);
    }
  }

  private static JsonNode section(JsonNode sections, String id) {
    for (JsonNode each : sections) {
      if (each.get("id").stringValue().equals(id)) {
        return each;
      }
    }
    throw new AssertionError("There is no section " + id);
  }

  @Test
  void whereNobodyLooksNothingRuns() throws Exception {
    try (DashboardServer server = DashboardServer.onLoopback()) {
      WasmEventPublisher events = server.bean(WasmEventPublisher.class);
      server.bean(WasmModuleManager.class).warmUp("json");
      long listenersBefore = listeners(events);
      assertThat(threads("wasm-dashboard-")).isZero();

      try (Stream stream = new Stream(server)) {
        stream.next("figures");
        assertThat(listeners(events)).isEqualTo(listenersBefore + 1);
        assertThat(threads("wasm-dashboard-feed")).isEqualTo(1);
        assertThat(threads("wasm-dashboard-client-")).isEqualTo(1);
      }

      await().until(() -> threads("wasm-dashboard-") == 0);
      assertThat(listeners(events)).isEqualTo(listenersBefore);
    }
  }

  private static long listeners(WasmEventPublisher events) throws Exception {
    var field = WasmEventPublisher.class.getDeclaredField("callListeners");
    field.setAccessible(true);
    return ((Object[]) field.get(events)).length;
  }

  @Test
  void oneMoreThanMayLookIsTurnedAwayUntilAnotherGoes() throws Exception {
    try (DashboardServer server = DashboardServer.onLoopback("wasm.dashboard.clients=2")) {
      try (Stream first = new Stream(server);
          Stream second = new Stream(server)) {
        first.next("snapshot");
        second.next("snapshot");

        HttpResponse<String> third = server.get("/api/events");

        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("Retry-After")).contains("10");
        assertThat(DashboardServer.json(third).get("code").stringValue())
            .isEqualTo("too_many_clients");
        assertThat(third.body()).contains("wasm.dashboard.clients");
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                try (Stream again = new Stream(server)) {
                  assertThat(again.status()).isEqualTo(200);
                  again.next("snapshot");
                }
              });
    }
  }

  /** It has asked, and never reads: the server's buffers fill, and its thread waits in vain. */
  @Test
  void whoNeverReadsCostsNobodyElseAnything_andIsGoneInTheEnd() throws Exception {
    try (DashboardServer server =
            DashboardServer.onLoopback(
                "wasm.dashboard.clients=2",
                "server.tomcat.connection-timeout=2s",
                "server.tomcat.keep-alive-timeout=60s");
        Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4 << 10);
      deaf.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), server.port()));
      deaf.getOutputStream()
          .write(
              "GET /wasm/api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> threads("wasm-dashboard-client-") == 1);

      try (Stream stream = new Stream(server)) {
        stream.next("snapshot");
        WasmEventPublisher events = server.bean(WasmEventPublisher.class);
        String text = "x".repeat(1_900);
        for (int round = 0; threads("wasm-dashboard-client-") == 2; round++) {
          for (int i = 0; i < 50; i++) {
            events.publish(
                new WasmEvent.ModuleFailed(
                    "m" + round, "1.0." + i, WasmErrorCategory.LOAD, text, Duration.ZERO));
          }
          stream.next("figures");
        }
        stream.next("figures");
        assertThat(threads("wasm-dashboard-client-")).isEqualTo(1);
      }
    }
  }

  @Test
  void closingSaysGoodByeAndLeavesNoThread() throws Exception {
    DashboardServer server = DashboardServer.onLoopback("server.shutdown=graceful");
    try (Stream stream = new Stream(server)) {
      stream.next("snapshot");
      long start = System.nanoTime();
      Thread closing = new Thread(server::close);
      closing.start();

      assertThat(stream.next("bye").get("reason").stringValue()).isEqualTo("shutdown");
      while (!stream.isAtEnd()) {
        // The blank line of the last event.
      }
      closing.join();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
    await().until(() -> threads("wasm-dashboard-") == 0);
  }
}
