package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.plugin.WasmPlugins;
import io.github.wasmspring.sample.HttpApi.Answer;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** What visitors do is found on the dashboard, and nobody else than this machine sees it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SampleDashboardTest {

  @LocalServerPort private int port;

  @Autowired private WasmPlugins plugins;

  @Autowired private ServerProperties server;

  @Test
  void thePageLeadsToIt() {
    HttpApi api = new HttpApi(this.port);
    assertThat(api.get("/").body()).contains("<a href=\"wasm/\">The dashboard</a>");

    Answer dashboard = api.get("/wasm/");

    assertThat(dashboard.status()).isEqualTo(200);
    assertThat(dashboard.contentType()).startsWith("text/html");
  }

  @Test
  void thePluginIsOnIt() {
    HttpApi api = new HttpApi(this.port);
    this.plugins.remove(DiscountPlugin.ID);
    api.post("/api/plugin/examples/five", "");
    api.post("/api/plugin/examples/broken", "");
    api.post("/api/plugin/rollback", "");

    assertThat(api.get("/wasm/api/snapshot").body())
        .contains("\"id\":\"plugins\"", "\"id\":\"discount\"", "ROLLED_BACK");
  }

  @Test
  void theServerListensOnLoopback() {
    assertThat(this.server.getAddress()).extracting(InetAddress::isLoopbackAddress).isEqualTo(true);
  }
}
