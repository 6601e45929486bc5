package io.github.wasmspring.autoconfigure.plugin.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.plugin.PluginBytes;
import io.github.wasmspring.module.WasmDigest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plug-ins of a whole application, over HTTP. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "management.endpoints.web.exposure.include=wasmplugins")
@DirtiesContext
class WasmPluginsEndpointTest {

  @TempDir private static Path parent;

  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void directory(DynamicPropertyRegistry registry) {
    registry.add("wasm.plugins.directory", () -> parent.resolve("plugins").toString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:" + this.port + "/actuator/wasmplugins" + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private HttpResponse<String> post(String id, Map<String, ?> body)
      throws IOException, InterruptedException {
    return send(
        request("/" + id)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(this.json.writeValueAsString(body))));
  }

  private JsonNode read(HttpResponse<String> response) {
    return this.json.readTree(response.body());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void installsUpdatesRollsBackAndRemoves() throws Exception {
    assertThat(get("/prices").statusCode()).isEqualTo(404);
    HttpResponse<String> installed =
        post(
            "prices",
            Map.of(
                "action", "install",
                "content", base64(PluginBytes.calc()),
                "version", "1.2.0",
                "description", "Adds",
                "digest", WasmDigest.of(PluginBytes.calc())));
    assertThat(installed.statusCode()).as(installed.body()).isEqualTo(200);
    assertThat(read(installed).get("state").asString()).isEqualTo("ACTIVE");
    assertThat(read(installed).get("description").asString()).isEqualTo("Adds");
    assertThat(post("prices", Map.of("action", "install", "content", "")).statusCode())
        .isEqualTo(409);

    HttpResponse<String> updated =
        post("prices", Map.of("action", "update", "content", base64(PluginBytes.calc("x"))));
    assertThat(updated.statusCode()).as(updated.body()).isEqualTo(200);
    assertThat(read(updated).get("revision").asInt()).isEqualTo(2);

    HttpResponse<String> refused =
        post("prices", Map.of("action", "update", "content", base64("<html>".getBytes())));
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(read(refused).get("error").asString()).contains("HTML");
    assertThat(read(refused).get("category").asString()).isEqualTo("MALFORMED");

    assertThat(read(post("prices", Map.of("action", "rollback"))).get("revision").asInt())
        .isEqualTo(1);
    HttpResponse<String> forward = post("prices", Map.of("action", "rollback", "revision", 2));
    assertThat(read(forward).get("revision").asInt()).isEqualTo(2);
    assertThat(post("prices", Map.of("action", "rollback", "revision", 3)).statusCode())
        .isEqualTo(409);

    JsonNode history = read(get("/prices")).get("history");
    assertThat(history).hasSize(3);
    assertThat(history.get(0).get("outcome").asString()).isEqualTo("REFUSED");
    assertThat(history.get(1).get("kept").asBoolean()).isTrue();
    assertThat(read(get("")).at("/plugins/0/id").asString()).isEqualTo("prices");

    assertThat(read(post("prices", Map.of("action", "disable"))).get("state").asString())
        .isEqualTo("DISABLED");
    assertThat(read(post("prices", Map.of("action", "enable"))).get("state").asString())
        .isEqualTo("ACTIVE");
    assertThat(post("prices", Map.of("action", "remove")).statusCode()).isEqualTo(204);
    assertThat(read(get("")).get("plugins")).isEmpty();
  }

  @Test
  void takesWhatIsInASignatureOfWhateverForm() throws Exception {
    for (String signature : new String[] {"{}", "untrusted comment: x\nAAAA\n"}) {
      HttpResponse<String> refused =
          post(
              "fees",
              Map.of(
                  "action",
                  "install",
                  "content",
                  base64(PluginBytes.calc()),
                  "signature",
                  signature));
      assertThat(read(refused).get("error").asString()).contains("is not one of minisign");
      assertThat(read(refused).get("category").asString()).isEqualTo("INTEGRITY");
    }
  }

  @Test
  void saysWhatCanNotBeAskedFor() throws Exception {
    HttpResponse<String> unknown = post("fees", Map.of("action", "explode"));
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(read(unknown).get("actions").toString())
        .isEqualTo("[\"install\",\"update\",\"rollback\",\"enable\",\"disable\",\"remove\"]");
    for (String action : new String[] {"update", "rollback", "enable", "disable", "remove"}) {
      assertThat(post("fees", Map.of("action", action)).statusCode()).as(action).isEqualTo(404);
    }
    assertThat(post("fees", Map.of("action", "install")).statusCode()).isEqualTo(400);
    assertThat(
            post("fees", Map.of("action", "install", "content", "AA==", "location", "https://x/y"))
                .statusCode())
        .isEqualTo(400);
    assertThat(post("fees", Map.of("action", "install", "content", "not base64")).statusCode())
        .isEqualTo(400);
    assertThat(post("-fees", Map.of("action", "install", "content", "AA==")).statusCode())
        .isEqualTo(400);
    assertThat(
            post("fees", Map.of("action", "install", "content", "AA==", "version", "new"))
                .statusCode())
        .isEqualTo(400);
    for (String location :
        new String[] {"file:/etc/passwd", "http://localhost/x", "https://127.0.0.1:9/x.wasm"}) {
      HttpResponse<String> inside = post("fees", Map.of("action", "install", "location", location));
      assertThat(inside.statusCode()).as(location).isEqualTo(409);
      assertThat(read(inside).get("category").asString()).isEqualTo("LOAD");
    }
    assertThat(get("/fees").statusCode()).isEqualTo(404);
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}
}
