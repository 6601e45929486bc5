package io.github.wasmspring.autoconfigure.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole application, asked over HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestPropertySource(
    properties = {
      "wasm.modules.calc.location=classpath:wasm/calc.wasm",
      "wasm.modules.broken.location=classpath:wasm/text.wasm",
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.health.show-details=always"
    })
class ActuatorHttpTest {

  private static final Duration AGES = Duration.ofMinutes(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.builder().build();

  @LocalServerPort private int port;

  @Autowired private Adder adder;

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private HttpResponse<String> post(String id, String body)
      throws IOException, InterruptedException {
    return send(
        request("/actuator/wasm/" + id)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
  }

  private HttpResponse<String> postToAll(String body) throws IOException, InterruptedException {
    return send(
        request("/actuator/wasm")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode read(HttpResponse<String> response) {
    return this.json.readTree(response.body());
  }

  @Test
  void listsTheModules() throws Exception {
    assertThat(this.adder.add(1, 2)).isEqualTo(3);
    HttpResponse<String> response = get("/actuator/wasm");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(read(response).propertyNames())
        .containsExactly(
            "enabled", "engine", "modules", "statistics", "cache", "memory", "tasks", "channels");
    assertThat(read(response).at("/channels/routes").isArray()).isTrue();
    JsonNode calc =
        read(response)
            .get("modules")
            .valueStream()
            .filter(module -> module.get("id").asString().equals("calc"))
            .findFirst()
            .orElseThrow();
    assertThat(calc.propertyNames())
        .contains(
            "id",
            "version",
            "description",
            "tags",
            "state",
            "digest",
            "engine",
            "tier",
            "location",
            "exports",
            "imports",
            "bigFunctions",
            "features",
            "operations",
            "fallbacks",
            "pool",
            "calls",
            "adaptive",
            "errors");
    assertThat(calc.get("state").asString()).isEqualTo("READY");
    assertThat(calc.get("digest").asString()).startsWith("sha256:c0703b5a");
    assertThat(calc.get("engine").asString()).isEqualTo("jvm-compiled");
    assertThat(calc.at("/tier/state").asString()).isEqualTo("SETTLED");
    assertThat(calc.at("/tier/reason").asString())
        .isEqualTo("its engine compiles functions when they are first called");
    assertThat(calc.get("exports").toString()).contains("add (i32, i32) -> i32");
    assertThat(calc.get("operations").toString()).contains("int add(int a, int b)");
    assertThat(calc.get("features").isArray()).isTrue();
    assertThat(read(response).at("/engine/name").asString()).isEqualTo("jvm");
    assertThat(read(response).at("/engine/features").has("interpreter")).isFalse();
    for (String mode : new String[] {"compiled", "eager"}) {
      assertThat(read(response).at("/engine/features/" + mode).toString())
          .contains("\"BULK_MEMORY\"", "\"THREADS\"", "\"TAIL_CALL\"", "\"SIMD\"")
          .doesNotContain("\"GC\"");
    }
    assertThat(calc.at("/calls/wasm").asInt()).isPositive();
    assertThat(calc.at("/pool/max").asInt()).isPositive();
    assertThat(read(response).at("/cache/misses").asInt()).isPositive();
  }

  @Test
  void findsModulesByWords() throws Exception {
    JsonNode found = read(get("/actuator/wasm?search=CALC"));
    assertThat(found.get("modules").valueStream().map(module -> module.get("id").asString()))
        .containsExactly("calc");
    assertThat(found.at("/statistics/modules").asInt()).isGreaterThan(1);
    assertThat(read(get("/actuator/wasm?search=nothing-like-that")).get("modules").isEmpty())
        .isTrue();
  }

  @Test
  void checksAndCleansUpAllModules() throws Exception {
    assertThat(this.adder.add(1, 2)).isEqualTo(3);

    JsonNode checked = read(postToAll("{\"action\":\"check\"}"));
    assertThat(checked.get("health").valueStream())
        .anySatisfy(
            module -> {
              assertThat(module.get("module").asString()).isEqualTo("calc");
              assertThat(module.get("state").asString()).isEqualTo("UP");
            });
    assertThat(checked.has("cleanedUp")).isFalse();

    JsonNode cleaned = read(postToAll("{\"action\":\"clean-up\"}"));
    assertThat(cleaned.at("/cleanedUp/instances").isNumber()).isTrue();
    assertThat(cleaned.has("health")).isFalse();
    assertThat(this.adder.add(1, 2)).isEqualTo(3);

    assertThat(postToAll("{\"action\":\"clear-cache\"}").statusCode()).isEqualTo(200);
    assertThat(postToAll("{\"action\":\"explode\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void checksOneModule() throws Exception {
    assertThat(read(post("calc", "{\"action\":\"check\"}")).at("/health/state").asString())
        .isEqualTo("UP");
    HttpResponse<String> broken = post("broken", "{\"action\":\"check\"}");
    assertThat(broken.statusCode()).isEqualTo(200);
    assertThat(read(broken).at("/health/state").asString()).isEqualTo("DOWN");
    assertThat(read(broken).at("/health/reason").asString()).contains("WebAssembly text (.wat)");
    assertThat(read(get("/actuator/wasm/calc")).has("health")).isFalse();
  }

  @Test
  void profilesWhatModulesDo() throws Exception {
    String path = "/actuator/wasmprofile";
    HttpRequest.Builder start =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"rate\": 1000, \"module\": \"calc\"}"));
    HttpResponse<String> started = send(start);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    assertThat(send(start).statusCode()).isEqualTo(400);

    spinUntil(() -> read(get(path)).get("samples").asInt() > 0);

    HttpResponse<String> folded = get(path + "/folded");
    assertThat(folded.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(folded.body().lines()).isNotEmpty().allMatch(line -> line.matches("calc;\\S+ \\d+"));
    assertThat(get(path + "/other").statusCode()).isEqualTo(404);
    JsonNode profile = read(send(request(path).DELETE()));
    assertThat(profile.get("running").asBoolean()).isFalse();
    assertThat(profile.at("/functions/0/module").asString()).isEqualTo("calc");
    assertThat(profile.at("/functions/0/share").asDouble()).isPositive();
  }

  /** Only a call that lasts is seen by every sample: HotSpot may run short ones in one piece. */
  private void spinUntil(Callable<Boolean> condition) {
    CompletableFuture<Integer> spinning = this.adder.spin(WasmCallOptions.timeout(AGES));
    await().atMost(AGES).until(condition);
    spinning.cancel(true);
    await().until(() -> running() == 0);
  }

  private int running() throws IOException, InterruptedException {
    return read(get("/actuator/wasm")).at("/tasks/running").asInt();
  }

  private int cancelled() throws IOException, InterruptedException {
    return read(get("/actuator/wasm/calc")).at("/tasks/cancelled").asInt();
  }

  @Test
  void reportsWhatCouldBeBetter() throws Exception {
    this.adder.add(1, 2);
    String path = "/actuator/wasmperformance";

    HttpResponse<String> forPrograms = get(path);
    assertThat(forPrograms.headers().firstValue("Content-Type").orElseThrow()).contains("json");
    assertThat(read(forPrograms).get("modules").asInt()).isPositive();
    JsonNode finding =
        read(forPrograms)
            .get("findings")
            .valueStream()
            .filter(each -> each.get("rule").asString().equals("compiled-at-each-start"))
            .findFirst()
            .orElseThrow();
    assertThat(finding.get("severity").asString()).isEqualTo("INFO");
    assertThat(finding.get("measured").asString()).contains("calc");
    assertThat(finding.get("change").asString()).contains("wasm.cache.directory=");

    HttpResponse<String> forPeople = send(request(path).header("Accept", "text/plain").GET());
    assertThat(forPeople.statusCode()).isEqualTo(200);
    assertThat(forPeople.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain");
    assertThat(forPeople.body())
        .contains("INFO all modules: compiled-at-each-start", "  change:   wasm.cache.directory=");
  }

  @Test
  void showsOneModule() throws Exception {
    JsonNode calc = read(get("/actuator/wasm/calc"));
    assertThat(calc.get("id").asString()).isEqualTo("calc");
    assertThat(calc.at("/settings/limits/timeout").asString()).isEqualTo("PT5S");
    assertThat(get("/actuator/wasm/clac").statusCode()).isEqualTo(404);
  }

  @Test
  void performsActions() throws Exception {
    HttpResponse<String> disabled = post("provided", "{\"action\":\"disable\"}");
    assertThat(disabled.statusCode()).isEqualTo(200);
    assertThat(read(disabled).get("state").asString()).isEqualTo("DISABLED");
    post("provided", "{\"action\":\"enable\"}");
    assertThat(read(post("provided", "{\"action\":\"warm-up\"}")).get("state").asString())
        .isEqualTo("READY");
    assertThat(read(post("provided", "{\"action\":\"reload\"}")).get("state").asString())
        .isEqualTo("READY");
    assertThat(read(post("provided", "{\"action\":\"evict\"}")).get("state").asString())
        .isEqualTo("REGISTERED");
  }

  @Test
  void refusesWhatItCanNotDo() throws Exception {
    HttpResponse<String> unknownAction = post("calc", "{\"action\":\"explode\"}");
    assertThat(unknownAction.statusCode()).isEqualTo(400);
    assertThat(read(unknownAction).get("actions").toString())
        .isEqualTo(
            "[\"reload\",\"refresh\",\"evict\",\"warm-up\",\"check\",\"enable\",\"disable\",\"release\",\"clear-cache\",\"relearn\",\"promote\",\"rollback\"]");
    assertThat(post("calc", "{}").statusCode()).isEqualTo(400);
    HttpResponse<String> unknownModule = post("clac", "{\"action\":\"reload\"}");
    assertThat(unknownModule.statusCode()).isEqualTo(404);
    assertThat(unknownModule.body()).contains("There is no module 'clac'");
    HttpResponse<String> failed = post("broken", "{\"action\":\"reload\"}");
    assertThat(failed.statusCode()).isEqualTo(409);
    assertThat(failed.body()).contains("WebAssembly text (.wat)");
  }

  @Test
  void showsTasksAndCancelsThem() throws Exception {
    int before = cancelled();
    CompletableFuture<Integer> spinning = this.adder.spin();
    await().until(() -> running() == 1);
    JsonNode task = read(get("/actuator/wasm/calc")).at("/tasks/tasks/0");
    assertThat(task.get("operation").asString()).isEqualTo("spin");
    assertThat(task.get("priority").asString()).isEqualTo("NORMAL");
    assertThat(task.get("state").asString()).isEqualTo("RUNNING");
    assertThat(task.get("ranMillis").asLong()).isNotNegative();

    String path = "/actuator/wasm/calc/" + task.get("id").asLong();
    HttpResponse<String> cancelled = send(request(path).DELETE());

    assertThat(cancelled.statusCode()).isEqualTo(200);
    assertThat(read(cancelled).at("/tasks/cancelled").asInt()).isEqualTo(before + 1);
    assertThat(spinning).isCancelled();
    HttpResponse<String> gone = send(request(path).DELETE());
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).contains("Module 'calc' has no call");
    assertThat(send(request("/actuator/wasm/calc/all").DELETE()).statusCode()).isEqualTo(400);
  }

  @Test
  void showsHealthModuleByModule() throws Exception {
    HttpResponse<String> health = get("/actuator/health/wasm");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(read(health).at("/components/calc/status").asString()).isEqualTo("UP");
    assertThat(read(health).at("/components/calc/details/engine").asString())
        .isEqualTo("jvm-compiled");
    assertThat(read(health).at("/components/broken/status").asString()).isEqualTo("DOWN");
    assertThat(read(get("/actuator/health/wasm/calc")).get("status").asString()).isEqualTo("UP");
  }

  @Test
  void measuresCalls() throws Exception {
    this.adder.add(1, 2);
    HttpResponse<String> calls = get("/actuator/metrics/wasm.calls?tag=module:calc");
    assertThat(calls.statusCode()).isEqualTo(200);
    assertThat(read(calls).get("availableTags").valueStream())
        .extracting(tag -> tag.get("tag").asString())
        .contains("operation", "engine", "source", "outcome");
  }

  @WasmModule("calc")
  interface Adder {

    int add(int a, int b);

    CompletableFuture<Integer> spin();

    CompletableFuture<Integer> spin(WasmCallOptions options);
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}
}
