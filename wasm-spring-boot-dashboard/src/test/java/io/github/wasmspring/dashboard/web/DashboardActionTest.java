package io.github.wasmspring.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.dashboard.DashboardPlugin;
import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.dashboard.DashboardSectionAction;
import io.github.wasmspring.dashboard.DashboardServer;
import io.github.wasmspring.dashboard.DashboardTable;
import io.github.wasmspring.dashboard.Modules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import tools.jackson.databind.JsonNode;

/** What can be done, and what becomes of it. */
@Timeout(120)
class DashboardActionTest {

  @TempDir private static Path folder;

  private static DashboardServer server;

  @Configuration(proxyBeanMethods = false)
  static class Parts {

    static final List<AuditEvent> audited = new CopyOnWriteArrayList<>();
    static final List<String> uploaded = new CopyOnWriteArrayList<>();
    static volatile boolean full;
    static volatile CountDownLatch gate = new CountDownLatch(0);

    @EventListener
    void audit(AuditApplicationEvent event) {
      audited.add(event.getAuditEvent());
      if (full) {
        throw new IllegalStateException("No space left on device");
      }
    }

    @Bean
    DashboardSection doors() {
      return new DashboardSection() {
        @Override
        public String id() {
          return "doors";
        }

        @Override
        public String title() {
          return "Doors";
        }

        @Override
        public DashboardTable table() {
          return DashboardTable.of(
              List.of(DashboardTable.text("name", "Door")),
              List.of(DashboardTable.row("front", "Front").withActions("open")));
        }

        @Override
        public List<DashboardSectionAction> actions() {
          return List.of(new DashboardSectionAction("open", "Open", "Opens the door.", true));
        }

        @Override
        public String act(String action, String key, String principal) {
          if (key.equals("stuck")) {
            throw new IllegalStateException("The door is stuck");
          }
          try {
            gate.await();
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted", interrupted);
          }
          return "The door " + key + " is open";
        }
      };
    }

    @Bean
    DashboardPlugins plugins() {
      return new DashboardPlugins() {
        @Override
        public List<DashboardPlugin> list() {
          return List.of(
              new DashboardPlugin(
                  "greeter",
                  "1.0.0",
                  "ACTIVE",
                  2,
                  null,
                  9,
                  "upload",
                  null,
                  Instant.ofEpochMilli(5),
                  null,
                  List.of()));
        }

        @Override
        public long maxBytes() {
          return 100_000;
        }

        @Override
        public String upload(String id, Path module, String signature, String principal)
            throws IOException {
          uploaded.add(
              id + " " + Files.size(module) + " " + signature + " " + module.toAbsolutePath());
          return "Plug-in " + id + " is installed";
        }

        @Override
        public String act(String id, Action action, Integer revision, String principal) {
          if (!id.equals("greeter")) {
            throw new IllegalArgumentException("There is no plug-in '" + id + "'");
          }
          return "Plug-in " + id + ": " + action + " " + revision;
        }
      };
    }
  }

  @BeforeAll
  static void start() throws IOException {
    server =
        DashboardServer.onLoopback(
            new Class<?>[] {Parts.class},
            "wasm.modules.boom.location=" + Modules.boom(folder).toUri(),
            "wasm.modules.spin.location=" + Modules.spin(folder).toUri(),
            "wasm.modules.spin.limits.timeout=30s",
            "wasm.modules.gone.location=" + folder.resolve("gone.wasm").toUri(),
            "wasm.defaults.quarantine.failures=3");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    Parts.audited.clear();
  }

  private static WasmModuleStatus status(String module) {
    return server.bean(WasmModuleManager.class).status(module).get(0);
  }

  private static JsonNode done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = DashboardServer.json(answer);
    assertThat(body.get("state").stringValue()).isEqualTo("done");
    return body;
  }

  private static String refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode body = DashboardServer.json(answer);
    assertThat(body.get("code").stringValue()).isEqualTo(code);
    return body.get("message").stringValue();
  }

  private static HttpResponse<String> act(String module, String action) throws Exception {
    return server.act(
        "/api/modules/" + module + "/actions/" + action, "{\"confirm\":\"%s\"}".formatted(module));
  }

  @Test
  void modulesAreWarmedUpSwitchedOffAndOnAndUnloaded() throws Exception {
    assertThat(done(act("hash", "warm-up")).get("message").stringValue())
        .startsWith("hash ")
        .endsWith(" is warm");
    assertThat(status("hash").state()).isEqualTo(WasmModuleState.READY);
    done(act("hash", "disable"));
    assertThat(status("hash").state()).isEqualTo(WasmModuleState.DISABLED);
    done(act("hash", "enable"));
    done(act("hash", "reload"));
    assertThat(status("hash").state()).isEqualTo(WasmModuleState.READY);
    assertThat(done(act("hash", "refresh")).get("message").stringValue())
        .endsWith("has not changed");
    done(act("hash", "relearn"));
    done(act("hash", "clear-cache"));
    done(act("hash", "evict"));
    assertThat(status("hash").state()).isEqualTo(WasmModuleState.REGISTERED);

    assertThat(Parts.audited)
        .allSatisfy(
            each -> {
              assertThat(each.getType()).isEqualTo("WASM_DASHBOARD_ACTION");
              assertThat(each.getPrincipal()).isEqualTo("anonymous");
              assertThat(each.getData()).containsEntry("subject", "hash");
              assertThat(each.getData()).containsEntry("outcome", "success");
              assertThat(each.getData()).containsKey("version");
            })
        .extracting(each -> each.getData().get("action"))
        .containsExactly(
            "warm-up", "disable", "enable", "reload", "refresh", "relearn", "clear-cache", "evict");
  }

  @Test
  void aQuarantineIsReleased() throws Exception {
    WasmModuleManager manager = server.bean(WasmModuleManager.class);
    for (int i = 0; i < 3; i++) {
      try {
        manager.execute("boom", "boom", null);
      } catch (WasmException expected) {
        assertThat(expected.module()).isEqualTo("boom");
      }
    }
    JsonNode page = server.json("/api/modules/boom");
    assertThat(page.get("module").get("quarantined").get(0).get("operation").stringValue())
        .isEqualTo("boom");
    assertThat(page.get("errors").get("rows").get(0).get("category").stringValue())
        .isEqualTo("TRAP");
    assertThat(server.json("/api/snapshot").get("overview").get("sentence").stringValue())
        .contains("1 operation is in quarantine");

    done(act("boom", "release"));

    assertThat(status("boom").quarantined()).isEmpty();
    done(server.act("/api/errors/clear", "{\"confirm\":\"errors\"}"));
    assertThat(server.json("/api/errors").get("total").longValue()).isZero();
  }

  @Test
  void whatFailsSaysWhy_andIsAudited() throws Exception {
    HttpResponse<String> answer = act("gone", "warm-up");

    assertThat(refused(answer, 409, "failed")).contains("gone.wasm");
    assertThat(DashboardServer.json(answer).get("category").stringValue()).isEqualTo("LOAD");
    assertThat(Parts.audited)
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.getData())
                    .containsEntry("outcome", "failure")
                    .containsEntry("reason", "LOAD"));
    JsonNode events = server.json("/api/snapshot").get("events");
    assertThat(events)
        .anySatisfy(
            each -> {
              assertThat(each.get("type").stringValue()).isEqualTo("Action");
              assertThat(each.get("severity").stringValue()).isEqualTo("error");
              assertThat(each.get("text").stringValue()).startsWith("warm-up by somebody failed: ");
            });
  }

  @Test
  void whatIsNotConfirmedIsNotDone() throws Exception {
    for (String body : List.of("{}", "{\"confirm\":null}", "{\"confirm\":\"hash\"}")) {
      assertThat(refused(server.act("/api/modules/json/actions/evict", body), 400, "unconfirmed"))
          .contains("json");
    }
    refused(server.act("/api/modules/json/actions/evict", "{\"confirm\":7}"), 400, "bad_request");
    assertThat(Parts.audited)
        .hasSize(4)
        .allSatisfy(
            each ->
                assertThat(each.getData())
                    .containsEntry("outcome", "refused")
                    .containsEntry("action", "evict")
                    .containsEntry("subject", "json"));
  }

  @Test
  void whoSawOtherBytesIsToldToLookAgain() throws Exception {
    done(act("json", "warm-up"));
    String digest = status("json").digest();

    refused(
        server.act(
            "/api/modules/json/actions/evict", "{\"confirm\":\"json\",\"seen\":\"sha256:00\"}"),
        409,
        "changed");
    assertThat(status("json").state()).isEqualTo(WasmModuleState.READY);
    done(
        server.act(
            "/api/modules/json/actions/relearn",
            "{\"confirm\":\"json\",\"seen\":\"%s\"}".formatted(digest)));
  }

  @Test
  void aRequestThatOthersCouldHaveMadeIsRefused() throws Exception {
    String path = "/api/modules/json/actions/relearn";
    String body = "{\"confirm\":\"json\"}";
    HttpRequest.Builder bare =
        server
            .request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    assertThat(refused(server.send(bare), 403, "forbidden")).contains(DashboardServer.TOKEN);
    refused(server.send(bare.copy().header(DashboardServer.TOKEN, "guessed")), 403, "forbidden");
    for (String origin : List.of("http://evil.example", "null", "http://localhost:1", "%%")) {
      assertThat(
              refused(
                  server.send(server.post(path, body).header("Origin", origin)), 403, "forbidden"))
          .contains("Another site");
    }
    refused(
        server.send(server.post(path, body).header("Sec-Fetch-Site", "cross-site")),
        403,
        "forbidden");
    HttpRequest.Builder form =
        server
            .request(path)
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    server.csrf().forEach(form::header);
    refused(server.send(form), 400, "bad_request");

    done(
        server.send(server.post(path, body).header("Origin", "http://127.0.0.1:" + server.port())));
  }

  @Test
  void bodiesThatAreNoneAreRefused() throws Exception {
    String path = "/api/modules/json/actions/relearn";
    for (String body : List.of("", "[]", "{", "null", "\"json\"", "{\"confirm\":\"json\"")) {
      refused(server.act(path, body), 400, "bad_request");
    }
    refused(server.act(path, "{\"confirm\":\"" + "x".repeat(20_000) + "\"}"), 413, "too_large");
    refused(server.act(path, "{\"a\":" + "[".repeat(8_000)), 400, "bad_request");
  }

  @Test
  void whatThereIsNotIsRefused() throws Exception {
    refused(act("json", "explode"), 404, "not_found");
    refused(act("nowhere", "evict"), 404, "not_found");
    refused(
        server.act(
            "/api/modules/json/actions/evict", "{\"confirm\":\"json\",\"version\":\"9.9.9\"}"),
        404,
        "not_found");
    refused(server.act("/api/nothing", "{}"), 404, "not_found");
    refused(server.act("/api/tasks/json/7/cancel", "{\"confirm\":\"json\"}"), 404, "not_found");
    refused(server.act("/api/tasks/json/x/cancel", "{\"confirm\":\"json\"}"), 400, "bad_request");
    refused(
        server.act("/api/sections/none/actions/open", "{\"key\":\"a\",\"confirm\":\"a\"}"),
        404,
        "not_found");
  }

  @Test
  void aProfileIsTakenAndShownAsATree() throws Exception {
    WasmModuleManager manager = server.bean(WasmModuleManager.class);
    Thread spinning =
        new Thread(
            () -> {
              try {
                manager.execute("spin", "spin", null);
              } catch (WasmException stopped) {
                // Interrupted below.
              }
            });
    spinning.start();
    try {
      done(
          server.act(
              "/api/profile/start",
              "{\"confirm\":\"profile\",\"module\":\"spin\",\"rate\":200,\"seconds\":60}"));
      refused(server.act("/api/profile/start", "{\"confirm\":\"profile\"}"), 409, "failed");

      await().until(() -> server.json("/api/profile").get("samples").longValue() > 20);

      assertThat(profiles()).containsExactly("running");

      done(server.act("/api/profile/stop", "{\"confirm\":\"profile\"}"));
      assertThat(profiles()).containsExactly("done");
      JsonNode profile = server.json("/api/profile?module=spin");
      assertThat(profile.get("running").booleanValue()).isFalse();
      JsonNode tree = profile.get("tree");
      assertThat(tree.get("name").stringValue()).isEqualTo("all");
      JsonNode module = tree.get("children").get(0);
      assertThat(module.get("name").stringValue()).isEqualTo("spin");
      assertThat(module.get("total").longValue()).isPositive();
      assertThat(module.get("children").toString()).contains("spin");
    } finally {
      spinning.interrupt();
      spinning.join();
    }
    refused(
        server.act("/api/profile/start", "{\"confirm\":\"profile\",\"rate\":100000}"),
        400,
        "bad_request");
  }

  private static List<String> profiles() throws Exception {
    List<String> states = new ArrayList<>();
    for (JsonNode each : server.json("/api/snapshot").get("progress")) {
      if (each.get("kind").stringValue().equals("profile")) {
        states.add(each.get("state").stringValue());
      }
    }
    return states;
  }

  @Test
  void sectionsOfOthersAct() throws Exception {
    assertThat(
            done(server.act(
                    "/api/sections/doors/actions/open",
                    "{\"key\":\"front\",\"confirm\":\"front\"}"))
                .get("message")
                .stringValue())
        .isEqualTo("The door front is open");
    assertThat(
            refused(
                server.act(
                    "/api/sections/doors/actions/open",
                    "{\"key\":\"stuck\",\"confirm\":\"stuck\"}"),
                409,
                "failed"))
        .isEqualTo("The door is stuck");
    refused(
        server.act(
            "/api/sections/doors/actions/close", "{\"key\":\"front\",\"confirm\":\"front\"}"),
        404,
        "not_found");
  }

  @Test
  void whatTakesLongGoesOn_andNoMoreThanFourDo() throws Exception {
    Parts.gate = new CountDownLatch(1);
    List<String> running = new ArrayList<>();
    try {
      for (int i = 0; i < ActionRunner.MOST; i++) {
        HttpResponse<String> answer =
            server.act(
                "/api/sections/doors/actions/open",
                "{\"key\":\"d%1$d\",\"confirm\":\"d%1$d\"}".formatted(i));
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode body = DashboardServer.json(answer);
        assertThat(body.get("state").stringValue()).isEqualTo("running");
        running.add(body.get("progress").stringValue());
      }
      refused(
          server.act("/api/sections/doors/actions/open", "{\"key\":\"d9\",\"confirm\":\"d9\"}"),
          429,
          "busy");
      assertThat(states(running)).hasSize(4).containsOnly("running");
    } finally {
      Parts.gate.countDown();
    }
    await().untilAsserted(() -> assertThat(states(running)).hasSize(4).containsOnly("done"));
    await()
        .untilAsserted(
            () ->
                assertThat(Parts.audited)
                    .filteredOn(each -> each.getData().get("outcome").equals("success"))
                    .hasSize(4));
  }

  private static List<String> states(List<String> ids) throws Exception {
    List<String> states = new ArrayList<>();
    for (JsonNode each : server.json("/api/snapshot").get("progress")) {
      if (ids.contains(each.get("id").stringValue())) {
        states.add(each.get("state").stringValue());
      }
    }
    return states;
  }

  private static HttpRequest.Builder upload(String query, byte[] bytes) throws Exception {
    HttpRequest.Builder request =
        server
            .request("/api/plugins/greeter/upload" + query)
            .header("Content-Type", "application/wasm")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
    server.csrf().forEach(request::header);
    return request;
  }

  @Test
  void aPluginIsUploadedWithItsSignature() throws Exception {
    assertThat(server.json("/api/session").get("plugins").get("maxBytes").longValue())
        .isEqualTo(100_000);
    JsonNode section = server.json("/api/snapshot").get("sections").get(0);
    assertThat(section.get("id").stringValue()).isEqualTo("plugins");
    assertThat(section.get("data").get("list").get(0).get("installedAt").longValue()).isEqualTo(5);

    JsonNode answer =
        done(
            server.send(
                upload("?confirm=greeter&signature-bytes=3", withSignature("a\nb", 70_000))));

    assertThat(answer.get("message").stringValue()).isEqualTo("Plug-in greeter is installed");
    String received = Parts.uploaded.get(Parts.uploaded.size() - 1);
    assertThat(received).startsWith("greeter 70000 a\nb ");
    assertThat(Path.of(received.substring(received.lastIndexOf(' ') + 1))).doesNotExist();
    assertThat(Parts.audited)
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.getData())
                    .containsEntry("action", "plugin-upload")
                    .containsEntry("subject", "greeter"));
  }

  private static byte[] withSignature(String signature, int module) {
    byte[] first = signature.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(first, first.length + module);
  }

  /** A bundle of sigstore has some thousand bytes, and is no part of the module's own limit. */
  @Test
  void aSignatureMayBeLongAndIsNotTheModule() throws Exception {
    String bundle = "{\"ä\":\"%s\"}".formatted("x".repeat(200_000));
    int bytes = bundle.getBytes(StandardCharsets.UTF_8).length;
    done(
        server.send(
            upload("?confirm=greeter&signature-bytes=" + bytes, withSignature(bundle, 100_000))));
    assertThat(Parts.uploaded.get(Parts.uploaded.size() - 1))
        .startsWith("greeter 100000 " + bundle + " ");
  }

  @Test
  void aSignatureThatIsTooLongOrCutOffIsRefused() throws Exception {
    int before = Parts.uploaded.size();
    refused(
        server.send(upload("?confirm=greeter&signature-bytes=262145", new byte[9])),
        413,
        "too_large");
    for (String wrong : List.of("0", "-1", "x", "99999999999")) {
      refused(
          server.send(upload("?confirm=greeter&signature-bytes=" + wrong, new byte[9])),
          400,
          "bad_request");
    }
    assertThat(server.send(upload("?confirm=greeter&signature-bytes=10", new byte[9])).statusCode())
        .isGreaterThanOrEqualTo(400);
    assertThat(Parts.uploaded).hasSize(before);
  }

  @Test
  void anUploadThatIsTooLargeOrNotConfirmedIsRefused() throws Exception {
    int before = Parts.uploaded.size();
    refused(server.send(upload("?confirm=greeter", new byte[100_001])), 413, "too_large");
    refused(server.send(upload("", new byte[1])), 400, "unconfirmed");
    HttpRequest.Builder chunked =
        server
            .request("/api/plugins/greeter/upload?confirm=greeter")
            .header("Content-Type", "application/wasm")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[200_000])));
    server.csrf().forEach(chunked::header);
    refused(server.send(chunked), 413, "too_large");
    assertThat(Parts.uploaded).hasSize(before);
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left.filter(each -> each.getFileName().toString().startsWith("wasm-plugin")))
          .isEmpty();
    }
  }

  @Test
  void pluginsAreRolledBack() throws Exception {
    assertThat(
            done(server.act(
                    "/api/plugins/greeter/actions/roll-back",
                    "{\"confirm\":\"greeter\",\"revision\":1}"))
                .get("message")
                .stringValue())
        .isEqualTo("Plug-in greeter: ROLL_BACK 1");
    refused(
        server.act("/api/plugins/other/actions/remove", "{\"confirm\":\"other\"}"),
        400,
        "bad_request");
    refused(
        server.act("/api/plugins/greeter/actions/explode", "{\"confirm\":\"greeter\"}"),
        404,
        "not_found");
  }

  @Test
  void whatWasDoneIsDoneAlsoWhereTheAuditFails() throws Exception {
    Parts.full = true;
    try {
      done(act("hash", "relearn"));
      refused(act("hash", "explode"), 404, "not_found");
      assertThat(Parts.audited).hasSize(2);
    } finally {
      Parts.full = false;
    }
  }

  @Test
  void onlyActionsAreAuditedAndOnlyOfThoseWhoMayLook() throws Exception {
    for (String path : List.of("", "/", "/js/app.js")) {
      refused(
          server.send(server.request(path).POST(HttpRequest.BodyPublishers.noBody())),
          405,
          "bad_request");
    }
    refused(
        server.send(
            server
                .request("/api/modules/json/actions/evict")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.noBody())),
        403,
        "forbidden");
    assertThat(Parts.audited).isEmpty();

    refused(
        server.send(server.request("/api").POST(HttpRequest.BodyPublishers.noBody())),
        403,
        "forbidden");
    assertThat(Parts.audited).hasSize(1);
  }

  @Test
  void nothingOfWhatWasSaidIsAudited() throws Exception {
    server.act(
        "/api/modules/json/actions/relearn", "{\"confirm\":\"json\",\"secret\":\"swordfish\"}");

    assertThat(Parts.audited).hasSize(1);
    assertThat(Parts.audited.toString().getBytes(StandardCharsets.UTF_8))
        .asString(StandardCharsets.UTF_8)
        .doesNotContain("swordfish");
    assertThat(Parts.audited.get(0).getData().keySet())
        .isSubsetOf(Map.of("action", 1, "subject", 1, "version", 1, "outcome", 1).keySet());
  }
}
