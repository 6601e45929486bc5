package io.github.wasmspring.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.dashboard.DashboardServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What is answered on loopback, where nobody signs in. */
@Timeout(120)
class DashboardHttpTest {

  private static DashboardServer server;

  @BeforeAll
  static void start() {
    server =
        DashboardServer.onLoopback(
            "wasm.dashboard.hosts=dash.test", "wasm.modules.json.limits.timeout=3s");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode refusal(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode body = DashboardServer.json(answer);
    assertThat(body.get("code").stringValue()).isEqualTo(code);
    assertThat(body.get("status").intValue()).isEqualTo(status);
    return body;
  }

  private static String message(HttpResponse<String> answer) {
    return refusal(answer, 404, "not_found").get("message").stringValue();
  }

  @Test
  void thePageIsAtItsPathWithASlash() throws Exception {
    HttpResponse<String> bare = server.get("");
    assertThat(bare.statusCode()).isEqualTo(302);
    assertThat(bare.headers().firstValue("Location")).contains("wasm/");

    HttpResponse<String> page = server.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).startsWithIgnoringCase("<!DOCTYPE html>");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
  }

  @Test
  void nothingIsLoadedFromElsewhereNorFramed() throws Exception {
    for (String path : List.of("/", "/api/session", "/nowhere.js")) {
      HttpResponse<String> answer = server.get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }
  }

  @Test
  void figuresAreNotKeptAndFilesAreAskedForAgain() throws Exception {
    assertThat(server.get("/api/snapshot").headers().firstValue("Cache-Control"))
        .contains("no-store");
    HttpResponse<String> page = server.get("/");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");

    HttpResponse<String> again =
        server.get("/", "If-None-Match", page.headers().firstValue("ETag").orElseThrow());

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void uPlotIsServedFromItsWebJar() throws Exception {
    HttpResponse<String> script = server.get("/vendor/uplot/uPlot.esm.js");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.headers().firstValue("Content-Type"))
        .contains("text/javascript;charset=UTF-8");
    assertThat(script.body()).contains("uPlot");
    assertThat(server.get("/vendor/uplot/uPlot.min.css").statusCode()).isEqualTo(200);
  }

  @Test
  void nothingElseIsServed() throws Exception {
    for (String path :
        List.of(
            "/nowhere.js",
            "/..%2f..%2fspring.factories",
            "/%2e%2e/spring.factories",
            "/vendor/uplot/..%2f..%2f..%2fpackage.json",
            "/vendor/uplot/uPlot.d.ts",
            "/index.html%00.js",
            "/.hidden.js",
            "/api",
            "/api/",
            "/api/nothing",
            "/api/modules",
            "/api/modules/nowhere")) {
      HttpResponse<String> answer = server.get(path);
      assertThat(answer.statusCode()).as(path).isIn(400, 404);
    }
    refusal(server.get("/api/nothing"), 404, "not_found");
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    refusal(
        server.send(server.request("/").method("DELETE", HttpRequest.BodyPublishers.noBody())),
        405,
        "bad_request");
    refusal(
        server.send(
            server.request("/api/snapshot").method("PUT", HttpRequest.BodyPublishers.noBody())),
        405,
        "bad_request");
  }

  @Test
  void theSessionSaysWhatCanBeDone() throws Exception {
    JsonNode session = server.json("/api/session");

    assertThat(session.get("application").stringValue()).isEqualTo("shop");
    assertThat(session.get("principal").isNull()).isTrue();
    assertThat(session.get("mayAct").booleanValue()).isTrue();
    assertThat(session.get("plugins").isNull()).isTrue();
    assertThat(session.get("csrf").get("headers").get(DashboardServer.TOKEN).stringValue())
        .hasSize(43);
    assertThat(session.get("actions"))
        .extracting(each -> each.get("id").stringValue())
        .contains(
            "reload",
            "refresh",
            "evict",
            "warm-up",
            "enable",
            "disable",
            "release",
            "clear-cache",
            "relearn");
  }

  @Test
  void theSnapshotHasAllModules() throws Exception {
    JsonNode snapshot = server.json("/api/snapshot");

    assertThat(snapshot.get("modules"))
        .extracting(each -> each.get("id").stringValue())
        .contains("json", "hash", "compute", "crypto", "compression", "strings", "validation");
    assertThat(snapshot.get("overview").get("sentence").stringValue()).isNotBlank();
    assertThat(snapshot.get("figures").get("total").get("perSecond").isNull()).isTrue();
    assertThat(snapshot.get("figures").get("memory").get("budgetBytes").longValue()).isPositive();
  }

  @Test
  void aModuleHasAPage() throws Exception {
    server
        .bean(WasmModuleManager.class)
        .execute("json", "format", "{\"a\":1}", Map.of("indent", 2));

    JsonNode page = server.json("/api/modules/json");

    assertThat(page.get("module").get("state").stringValue()).isEqualTo("READY");
    assertThat(page.get("versions")).hasSize(1);
    assertThat(page.get("operations"))
        .filteredOn(each -> each.get("name").stringValue().equals("format"))
        .singleElement()
        .satisfies(
            format -> {
              assertThat(format.get("signature").stringValue()).contains("format(");
              assertThat(format.get("fallback").booleanValue()).isTrue();
              assertThat(format.get("quarantined").booleanValue()).isFalse();
            });
    assertThat(page.get("exports")).isNotEmpty();
    assertThat(page.get("provenance").get("digest").stringValue()).startsWith("sha256:");
    assertThat(page.get("settings"))
        .filteredOn(each -> each.get("name").stringValue().equals("limits.timeout"))
        .singleElement()
        .satisfies(
            timeout -> {
              assertThat(timeout.get("value").stringValue()).isEqualTo("3s");
              assertThat(timeout.get("property").stringValue())
                  .isEqualTo("wasm.modules.json.limits.timeout");
            });
    assertThat(page.get("errors").get("rows")).isEmpty();
    assertThat(page.get("performance").get("findings").isArray()).isTrue();
    assertThat(message(server.get("/api/modules/json?version=9.9.9")))
        .isEqualTo("There is no such module as 'json' in a version '9.9.9'");
    assertThat(message(server.get("/api/modules/nowhere%E2%80%AE%0A")))
        .isEqualTo("There is no such module as 'nowhere\uFFFD\uFFFD'");
    assertThat(message(server.get("/api/modules/" + "x".repeat(2_000))))
        .isEqualTo("There is no such module as '" + "x".repeat(100) + "…'");
    refusal(server.get("/api/modules/json?version=%7Bno%7D"), 404, "not_found");
  }

  @Test
  void reportsOfAllModulesAreThere() throws Exception {
    assertThat(server.json("/api/errors").get("total").isNumber()).isTrue();
    assertThat(server.json("/api/performance").get("modules").intValue()).isPositive();
    assertThat(server.json("/api/profile").get("running").booleanValue()).isFalse();
  }

  @Test
  void aNameThatIsMadeToMeanThisMachineIsRefused() throws Exception {
    for (String host : List.of("evil.example", "evil.example:80", "localhost.evil.example", "")) {
      String answer =
          server.raw("GET /wasm/api/snapshot HTTP/1.1", "Host: " + host, "Connection: close");
      assertThat(answer).as(host).doesNotContain("HTTP/1.1 200");
    }
    assertThat(
            server.raw(
                "GET /wasm/api/snapshot HTTP/1.1", "Host: evil.example", "Connection: close"))
        .startsWith("HTTP/1.1 403")
        .contains("wasm.dashboard.hosts");
    for (String host :
        List.of("localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:8080", "dash.test")) {
      assertThat(server.raw("GET /wasm/api/session HTTP/1.1", "Host: " + host, "Connection: close"))
          .as(host)
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whatAProxyHasPassedOnIsRefused() throws Exception {
    for (String header :
        List.of(
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "Forwarded",
            "Via",
            "X-Real-IP")) {
      JsonNode refusal = refusal(server.get("/api/session", header, "192.0.2.7"), 403, "forbidden");
      assertThat(refusal.get("message").stringValue()).contains("a proxy", header);
    }
  }

  /** The filter takes such headers away, and believes what they say. */
  @Test
  void whatAProxyHasPassedOnIsRefusedAlsoWhereAFilterHidesIt() throws Exception {
    try (DashboardServer hiding =
        DashboardServer.onLoopback("server.forward-headers-strategy=framework")) {
      for (String path : List.of("/", "/api/session")) {
        for (String from : List.of("127.0.0.1", "127.0.0.1, 10.0.0.5", "192.0.2.7", "localhost")) {
          refusal(hiding.get(path, "X-Forwarded-For", from), 403, "forbidden");
        }
        refusal(hiding.get(path, "Forwarded", "for=127.0.0.1"), 403, "forbidden");
        assertThat(hiding.get(path).statusCode()).isEqualTo(200);
      }
    }
  }

  /** Tomcat does the same, and leaves nothing to tell by. */
  @Test
  void whereTomcatHidesProxiesNobodyIsAnswered() throws Exception {
    try (DashboardServer hiding =
        DashboardServer.onLoopback("server.forward-headers-strategy=native")) {
      for (HttpResponse<String> answer :
          List.of(
              hiding.get("/api/session"),
              hiding.get("/api/session", "X-Forwarded-For", "127.0.0.1, 10.0.0.5"),
              hiding.get("/"))) {
        assertThat(refusal(answer, 403, "forbidden").get("message").stringValue())
            .contains("server.forward-headers-strategy=native");
      }
    }
  }

  @Test
  void whereItIsOpenItAnswersToItsNamesIfItHasAny() throws Exception {
    try (DashboardServer open =
        DashboardServer.withoutSecurity(
            "wasm.dashboard.open=true", "wasm.dashboard.hosts=dash.test")) {
      String request = "GET /wasm/api/session HTTP/1.1";
      assertThat(open.raw(request, "Host: dash.test:8080", "Connection: close"))
          .startsWith("HTTP/1.1 200");
      assertThat(open.raw(request, "Host: evil.example", "Connection: close"))
          .startsWith("HTTP/1.1 403")
          .contains("wasm.dashboard.hosts");
    }
  }

  @Test
  void whatOnlyProxiesSpeakIsRefused() throws Exception {
    assertThat(server.raw("GET /wasm/api/session HTTP/1.0", "Host: localhost"))
        .contains(" 403")
        .contains("HTTP/1.0); secure it");
  }

  @Test
  void otherSitesCanNotReadFigures() throws Exception {
    for (String site : List.of("cross-site", "same-site")) {
      refusal(server.get("/api/snapshot", "Sec-Fetch-Site", site), 403, "forbidden");
      refusal(server.get("/api/events", "Sec-Fetch-Site", site), 403, "forbidden");
    }
    assertThat(server.get("/api/snapshot", "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(200);
    // A link to the dashboard is no harm.
    assertThat(server.get("/", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(200);
  }
}
