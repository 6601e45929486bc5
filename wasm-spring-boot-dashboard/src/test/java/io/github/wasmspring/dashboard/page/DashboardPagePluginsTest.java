package io.github.wasmspring.dashboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.github.wasmspring.dashboard.DashboardPlugins;
import io.github.wasmspring.dashboard.DashboardSection;
import io.github.wasmspring.dashboard.DashboardSectionAction;
import io.github.wasmspring.dashboard.DashboardTable;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** What other parts of an application show on the page, and what is done to it there. */
@SpringBootTest(
    classes = {PageApplication.class, DashboardPagePluginsTest.Parts.class},
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "wasm.dashboard.enabled=true",
      "wasm.dashboard.role=WASM",
      "wasm.dashboard.action-role=WASM_ACTIONS",
      "server.address=127.0.0.1"
    })
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DashboardPagePluginsTest {

  @TestConfiguration(proxyBeanMethods = false)
  static class Parts {

    @Bean
    DashboardPlugins plugins() {
      return new KeptPlugins();
    }

    @Bean
    DashboardSection experiments() {
      AtomicBoolean promoted = new AtomicBoolean();
      return new DashboardSection() {
        @Override
        public String id() {
          return "experiments";
        }

        @Override
        public String title() {
          return "Experiments";
        }

        @Override
        public DashboardTable table() {
          List<DashboardTable.Column> columns =
              List.of(
                  DashboardTable.text("module", "Module"),
                  DashboardTable.column("share", "Share", DashboardTable.Unit.SHARE));
          return DashboardTable.of(
              columns,
              promoted.get()
                  ? List.of()
                  : List.of(
                      DashboardTable.row("greeter", PageApplication.HOSTILE, 0.125)
                          .withActions("promote")));
        }

        @Override
        public List<DashboardSectionAction> actions() {
          return List.of(
              new DashboardSectionAction("promote", "Promote", "All calls go to it.", false));
        }

        @Override
        public String act(String action, String key, @Nullable String principal) {
          promoted.set(true);
          return key + " was promoted";
        }
      };
    }
  }

  @LocalServerPort private int port;

  private Chromium chromium;

  @BeforeAll
  void start() {
    this.chromium = Chromium.start();
  }

  @AfterAll
  void stop() {
    if (this.chromium != null) {
      this.chromium.close();
    }
  }

  private WatchedPage ada() {
    return this.chromium
        .open("http://127.0.0.1:" + this.port + "/wasm/", 390, ColorScheme.DARK)
        .signIn("ada", "secret");
  }

  private static void confirm(WatchedPage watched, String label) {
    watched
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(label).setExact(true))
        .click();
  }

  private static void choose(WatchedPage watched, int size) {
    watched
        .page()
        .getByLabel("Module", new Page.GetByLabelOptions().setExact(true))
        .setInputFiles(new FilePayload("greeter.wasm", "application/wasm", new byte[size]));
  }

  @Test
  void aPluginIsInstalledUpdatedRolledBackDisabledAndRemoved() {
    try (WatchedPage watched = ada()) {
      Locator plugin = watched.page().locator(".plugin");
      watched.button("Install a plug-in").click();
      choose(watched, 4);
      confirm(watched, "Install");
      assertThat(watched.dialog().getByRole(AriaRole.ALERT))
          .containsText("no module of WebAssembly");
      choose(watched, 300_000);
      confirm(watched, "Try again");
      assertThat(plugin).containsText("greeter 1.1.0 active");
      assertThat(plugin).containsText("revision 1, 293 KB, from upload, not signed");

      watched.button("Update: greeter").click();
      choose(watched, 9);
      confirm(watched, "Update");
      assertThat(plugin).containsText("greeter 1.2.0 active");
      plugin.locator("summary").click();
      assertThat(plugin.locator("details")).containsText("by ada");
      watched.screenshot("plugins");
      watched.isAccessible();

      watched.button("Roll back to 1: greeter").click();
      confirm(watched, "Roll back");
      assertThat(plugin).containsText("greeter 1.1.0 active");
      assertThat(plugin.locator("details")).hasAttribute("open", "");

      watched.button("Disable: greeter").click();
      confirm(watched, "Disable");
      assertThat(plugin).containsText("greeter 1.1.0 disabled");

      watched.button("Remove: greeter").click();
      confirm(watched, "Remove");
      assertThat(watched.page().getByText("No plug-in is installed")).isVisible();
    }
  }

  @Test
  void whatAnotherPartShowsIsATableWithItsActions() {
    try (WatchedPage watched = ada()) {
      Locator section =
          watched
              .page()
              .locator(".sections > .card")
              .filter(new Locator.FilterOptions().setHasText("Experiments"));
      assertThat(section).containsText("12.5 %");
      assertThat(section).containsText("‹U+202E›gnp.exe <img");
      watched.button("Promote: greeter").click();
      confirm(watched, "Promote");
      assertThat(section).containsText("Nothing to show at the moment");
      watched.hasNoComplaint();
    }
  }
}
