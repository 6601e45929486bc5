package io.github.wasmspring.sample;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.plugin.WasmPlugins;
import io.github.wasmspring.sample.HttpApi.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A plug-in over HTTP, as the page does it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DiscountPluginTest {

  @LocalServerPort private int port;

  @Autowired private WasmPlugins plugins;

  private HttpApi api;

  @BeforeEach
  void begin() {
    this.api = new HttpApi(this.port);
    this.plugins.remove(DiscountPlugin.ID);
  }

  private static byte[] module(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/main/resources/wasm", name + ".wasm"));
  }

  private void assertPrice(String price, String version) {
    assertThat(this.api.get("/api/plugin/price?amount=200").body())
        .isEqualTo("{\"price\":%s,\"version\":\"%s\"}".formatted(price, version));
  }

  private static void assertRefused(Answer answer, int status, String sentence) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body()).contains(sentence);
  }

  @Test
  void isInstalledUpdatedAndRolledBack() throws IOException {
    assertThat(this.api.get("/api/plugin").body()).contains("\"plugin\":null");

    assertThat(this.api.post("/api/plugin?version=1.0.0", module("discount-five")).status())
        .isEqualTo(200);
    assertPrice("190.0", "1.0.0");
    assertThat(this.api.post("/api/plugin?version=1.1.0", module("discount-ten")).status())
        .isEqualTo(200);
    assertPrice("180.0", "1.1.0");
    assertThat(this.api.post("/api/plugin/rollback", "").body())
        .contains("\"version\":\"1.0.0\"", "ROLLED_BACK");
    assertPrice("190.0", "1.0.0");

    assertThat(this.api.delete("/api/plugin").body()).contains("\"plugin\":null");
    assertRefused(this.api.get("/api/plugin/price"), 422, "discount");
  }

  @Test
  void oneThatBreaksIsRolledBack() {
    this.api.post("/api/plugin/examples/ten", "");
    this.api.post("/api/plugin/examples/broken", "");
    assertRefused(this.api.get("/api/plugin/price"), 422, "\"category\":\"TRAP\"");

    this.api.post("/api/plugin/rollback", "");

    assertPrice("180.0", "1.1.0");
  }

  @Test
  void whatIsNoModuleIsRefusedAndTheOldOneGoesOn() {
    this.api.post("/api/plugin/examples/five", "");

    assertRefused(this.api.post("/api/plugin?version=3.0.0", "no module"), 422, "MALFORMED");

    assertPrice("190.0", "1.0.0");
    assertThat(this.api.get("/api/plugin").body()).contains("REFUSED");
  }

  @Test
  void refusesWithASentence() {
    assertRefused(this.api.post("/api/plugin?version=latest", "x"), 400, "three numbers");
    assertRefused(this.api.post("/api/plugin?version=1.0.0", ""), 400, "Choose a .wasm file");
    assertRefused(
        this.api.post("/api/plugin?version=1.0.0", new byte[(1 << 20) + 1]), 413, "1048576");
    assertRefused(this.api.post("/api/plugin/rollback", ""), 422, "discount");
    assertRefused(this.api.post("/api/plugin/examples/best", ""), 400, "best");
  }

  @Test
  void otherSitesChangeNothing() {
    this.api.post("/api/plugin/examples/five", "");
    for (String path :
        new String[] {
          "/api/plugin?version=2.0.0", "/api/plugin/examples/broken", "/api/plugin/rollback"
        }) {
      assertRefused(this.api.postFromElsewhere(path), 403, "Another site");
    }
    assertPrice("190.0", "1.0.0");
  }

  /** The upload is under way until its second byte comes. */
  @Test
  void thereIsOneChangeAtATime() throws Exception {
    this.api.post("/api/plugin/examples/five", "");
    try (Socket slow = new Socket("localhost", this.port)) {
      slow.getOutputStream()
          .write(
              "POST /api/plugin?version=2.0.0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n0"
                  .getBytes(US_ASCII));
      slow.getOutputStream().flush();
      await()
          .untilAsserted(
              () ->
                  assertRefused(this.api.post("/api/plugin/examples/five", ""), 429, "Try again"));
      assertPrice("190.0", "1.0.0");

      slow.getOutputStream().write('0');
      slow.getOutputStream().flush();
      assertThat(new String(slow.getInputStream().readAllBytes(), US_ASCII)).contains("MALFORMED");
    }
    assertThat(this.api.post("/api/plugin/examples/ten", "").status()).isEqualTo(200);
  }

  @Test
  void theEndpointShowsItAndOffersNoActions() {
    this.api.post("/api/plugin/examples/five", "");
    assertThat(this.api.get("/actuator/wasmplugins/discount").body()).contains("1.0.0");
    assertThat(
            this.api
                .post(
                    "/actuator/wasmplugins/discount", "application/json", "{\"action\":\"remove\"}")
                .status())
        .isEqualTo(405);
  }
}
