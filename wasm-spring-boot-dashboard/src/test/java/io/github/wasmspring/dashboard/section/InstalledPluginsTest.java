package io.github.wasmspring.dashboard.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.dashboard.DashboardPlugin;
import io.github.wasmspring.dashboard.DashboardServer;
import io.github.wasmspring.dashboard.Modules;
import io.github.wasmspring.plugin.WasmPluginState;
import io.github.wasmspring.plugin.WasmPluginStatus;
import io.github.wasmspring.plugin.WasmPlugins;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Plug-ins are uploaded, updated, rolled back and removed on the dashboard. */
@Timeout(120)
class InstalledPluginsTest {

  @TempDir private Path folder;

  private static HttpResponse<String> upload(DashboardServer server, Path module) throws Exception {
    return upload(server, Files.readAllBytes(module));
  }

  private static HttpResponse<String> upload(DashboardServer server, byte[] bytes)
      throws Exception {
    HttpRequest.Builder request =
        server
            .request("/api/plugins/guest/upload?confirm=guest")
            .header("Content-Type", "application/wasm")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
    server.csrf().forEach(request::header);
    return server.send(request);
  }

  private static JsonNode plugins(DashboardServer server) throws Exception {
    for (JsonNode section : server.json("/api/snapshot").get("sections")) {
      if (section.get("id").stringValue().equals("plugins")) {
        return section.get("data").get("list");
      }
    }
    throw new AssertionError("There are no plug-ins");
  }

  @Test
  void aPluginLivesOnTheDashboard() throws Exception {
    try (DashboardServer server =
        DashboardServer.onLoopback("wasm.plugins.directory=" + this.folder.resolve("plugins"))) {
      assertThat(plugins(server)).isEmpty();
      HttpResponse<String> first = upload(server, Modules.boom(this.folder));
      assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
      HttpResponse<String> second = upload(server, Modules.spin(this.folder));
      assertThat(second.statusCode()).as(second.body()).isEqualTo(200);

      JsonNode guest = plugins(server).get(0);
      assertThat(guest.get("state").stringValue()).isEqualTo("ACTIVE");
      assertThat(guest.get("revision").intValue()).isEqualTo(2);
      assertThat(guest.get("source").stringValue()).isEqualTo("upload");
      assertThat(guest.get("history")).hasSize(2);

      HttpResponse<String> broken = upload(server, new byte[] {1, 2, 3});
      assertThat(broken.statusCode()).as(broken.body()).isEqualTo(409);
      assertThat(DashboardServer.json(broken).get("category").stringValue()).isEqualTo("MALFORMED");
      assertThat(plugins(server).get(0).get("revision").intValue()).isEqualTo(2);

      HttpResponse<String> back =
          server.act("/api/plugins/guest/actions/roll-back", "{\"confirm\":\"guest\"}");
      assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
      assertThat(plugins(server).get(0).get("revision").intValue()).isEqualTo(1);

      assertThat(
              server
                  .act("/api/plugins/guest/actions/remove", "{\"confirm\":\"guest\"}")
                  .statusCode())
          .isEqualTo(200);
      assertThat(plugins(server)).isEmpty();
    }
  }

  private static WasmPluginStatus status(String id) {
    return new WasmPluginStatus(
        id,
        "1.0.0",
        WasmPluginState.ACTIVE,
        1,
        "",
        8,
        "upload",
        null,
        Instant.EPOCH,
        null,
        "",
        null,
        null);
  }

  @Test
  void onePluginThatIsRemovedMeanwhileHidesNoOther() {
    WasmPlugins plugins = mock();
    WasmPluginStatus gone = status("gone");
    WasmPluginStatus here = status("here");
    when(plugins.list()).thenReturn(List.of(gone, here));
    when(plugins.history("gone"))
        .thenThrow(new WasmModuleNotFoundException("It is gone", "gone", List.of(), List.of()));

    assertThat(new InstalledPlugins(plugins, 1).list())
        .extracting(DashboardPlugin::id)
        .containsExactly("gone", "here");
  }
}
