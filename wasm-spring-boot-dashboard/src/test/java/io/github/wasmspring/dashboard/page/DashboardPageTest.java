package io.github.wasmspring.dashboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a person on call does with the page, while modules are called. */
@SpringBootTest(
    classes = PageApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.application.name=shop",
      "wasm.dashboard.enabled=true",
      "wasm.monitor.enabled=true",
      "wasm.dashboard.role=WASM",
      "wasm.dashboard.action-role=WASM_ACTIONS",
      "server.address=127.0.0.1"
    })
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class DashboardPageTest {

  private static final int DESKTOP = 1400;
  private static final double GOOD = 0.1;

  @Autowired private WasmModuleManager manager;

  @LocalServerPort private int port;

  private Chromium chromium;
  private Load load;

  @BeforeAll
  void start() {
    this.chromium = Chromium.start();
    this.load = Load.on(this.manager);
  }

  @AfterAll
  void stop() {
    if (this.load != null) {
      this.load.close();
    }
    if (this.chromium != null) {
      this.chromium.close();
    }
  }

  private WatchedPage open(int width, ColorScheme colours) {
    return this.chromium.open("http://127.0.0.1:" + this.port + "/wasm/", width, colours);
  }

  private WatchedPage ada() {
    return open(DESKTOP, ColorScheme.LIGHT).signIn("ada", "secret");
  }

  @ParameterizedTest
  @CsvSource({"1400, LIGHT", "1400, DARK", "390, LIGHT", "390, DARK"})
  void allPagesCanBeReadOnEachScreenAndByEverybody(int width, ColorScheme colours) {
    try (WatchedPage watched = open(width, colours).signIn("ada", "secret")) {
      Page page = watched.page();
      String name = width + "-" + colours.name().toLowerCase(Locale.ROOT);
      watched.waitForFigures(2);
      assertThat(page.locator(".status-sentence")).not().isEmpty();
      assertThat(page.locator(".modules").getByText("json", exactly())).isVisible();
      assertThat(page.locator(".uplot")).hasCount(2);
      look(watched, name + "-overview");
      for (String route : new String[] {"Errors", "Performance", "Profile", "Events"}) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(route).setExact(true))
            .click();
        assertThat(watched.heading(route).first()).isFocused();
        look(watched, name + "-" + route.toLowerCase(Locale.ROOT));
      }
      watched.go("#/modules/json").live();
      assertThat(watched.heading("Operations")).isVisible();
      look(watched, name + "-module");
      watched.hasNoComplaint();
    }
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static void look(WatchedPage watched, String name) {
    watched.screenshot(name);
    watched.isAccessible();
    assertThat(watched.scrollsSideways()).as("%s scrolls sideways", name).isFalse();
  }

  @Test
  void nothingMovesWhileFiguresArrive() {
    try (WatchedPage watched = ada()) {
      watched.waitForFigures(2);
      double before = watched.shifts();
      watched.waitForFigures(5);
      assertThat(watched.shifts() - before).isLessThan(GOOD / 10);
    }
  }

  @Test
  void theOverviewTellsOfCallsAndOfWhatFails() {
    try (WatchedPage watched = ada()) {
      watched.waitForFigures(3);
      Locator json = row(watched, "json");
      assertThat(json.locator("[data-label='State']")).containsText("Ready");
      assertThat(json.locator("[data-label='Calls/s']")).hasText(Pattern.compile("[1-9].*"));
      assertThat(json.locator("[data-label='Half within']"))
          .hasText(Pattern.compile("[\\d.]+ [µm]s"));
      assertThat(json.locator("[data-label='By Wasm']")).hasText("100 %");
      assertThat(row(watched, PageApplication.FAILING).locator("[data-label='Failed']"))
          .hasText(Pattern.compile("[1-9].*"));
      assertThat(watched.page().locator(".shares")).containsText(new String[] {"", "trap"});
    }
  }

  private static Locator row(WatchedPage watched, String module) {
    return watched
        .page()
        .locator(".modules tbody tr")
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    watched
                        .page()
                        .locator(
                            "a.module-link",
                            new Page.LocatorOptions()
                                .setHasText(Pattern.compile("^" + module + "$")))));
  }

  /** All of it on the overview, what is the module's own on its page. */
  @Test
  void timesOfCallsAreThoseOfTheModule() {
    try (WatchedPage watched = ada()) {
      Locator rows =
          watched.page().locator("section.card:has(h2:text-is('Time of calls')) tbody tr");
      watched.waitForFigures(2);
      assertThat(rows.filter(new Locator.FilterOptions().setHasText("json")).first()).isVisible();
      assertThat(rows.filter(new Locator.FilterOptions().setHasText("crypto")).first()).isVisible();
      watched.go("#/modules/json").live();
      assertThat(rows.first()).isVisible();
      assertThat(rows.filter(new Locator.FilterOptions().setHasText("json"))).hasCount(0);
      assertThat(rows.first().locator("[data-label='Median']"))
          .hasText(Pattern.compile("[\\d.]+ [nµm]?s"));
      watched.hasNoComplaint();
    }
  }

  @Test
  void aModuleIsWarmedUpAfterAQuestion() {
    try (WatchedPage watched = ada()) {
      watched.go("#/modules/json").live();
      watched.button("Warm up").click();
      assertThat(watched.dialog()).containsText("json");
      assertThat(watched.dialog()).containsText("1.0.0");
      watched.isAccessible();
      watched.dialog().getByRole(AriaRole.BUTTON, named("Warm up")).click();
      assertThat(watched.dialog()).hasCount(0);
      assertThat(watched.page().locator(".tray-line")).hasAttribute("data-state", "done");
      watched.hasNoComplaint();
    }
  }

  private static Locator.GetByRoleOptions named(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void escapeAnswersNoAndGivesTheFocusBack() {
    try (WatchedPage watched = ada()) {
      watched.go("#/modules/json").live();
      watched.button("Load again").focus();
      watched.page().keyboard().press("Enter");
      assertThat(watched.dialog()).isVisible();
      watched.page().keyboard().press("Escape");
      assertThat(watched.dialog()).hasCount(0);
      assertThat(watched.button("Load again")).isFocused();
    }
  }

  @Test
  void aDisabledModuleIsEnabledAgain() {
    try (WatchedPage watched = ada()) {
      watched.go("#/modules/strings").live();
      watched.button("Switch off").click();
      watched.dialog().getByRole(AriaRole.BUTTON, named("Switch off")).click();
      assertThat(watched.page().locator(".module-title .badge")).hasText("Disabled");
      watched.button("Switch on").click();
      watched.dialog().getByRole(AriaRole.BUTTON, named("Switch on")).click();
      assertThat(watched.page().locator(".module-title .badge")).not().hasText("Disabled");
    }
  }

  @Test
  void aProfileIsTakenAndWalkedThroughWithTheKeyboard() {
    try (WatchedPage watched = ada()) {
      watched.go("#/profile").heading("Profile").waitFor();
      watched.button("Profile …").click();
      watched.page().getByLabel("Seconds").fill("2");
      watched.page().getByLabel("Looks per second").fill("500");
      watched.isAccessible();
      watched.dialog().getByRole(AriaRole.BUTTON, named("Start")).click();
      Locator flame = watched.page().locator("#flame");
      flame.waitFor();
      assertThat(watched.button("Stop …")).isHidden();
      flame.focus();
      watched.page().keyboard().press("ArrowDown");
      Locator readout = watched.page().locator("#flame-readout");
      assertThat(readout).containsText("of all");
      String module = readout.textContent();
      watched.page().keyboard().press("ArrowDown");
      assertThat(readout).not().hasText(module);
      watched.page().keyboard().press("Enter");
      assertThat(watched.button("Zoom out")).isEnabled();
      watched.page().keyboard().press("Escape");
      watched.page().keyboard().press("Escape");
      assertThat(watched.button("Zoom out")).isDisabled();
      watched.page().getByLabel("Find").fill("host");
      assertThat(watched.page().locator("output")).containsText("of the samples");
      watched.isAccessible();
      watched.screenshot("profile-taken");
      watched.hasNoComplaint();
    }
  }

  @Test
  void whatAModuleSaysOfItselfIsTextOnly() {
    try (WatchedPage watched = ada()) {
      watched.go("#/modules/" + PageApplication.FAILING).live();
      assertThat(watched.page().locator(".page-head").first()).containsText("‹U+202E›gnp.exe <img");
      watched.page().locator("summary", new Page.LocatorOptions().setHasText("Exports")).click();
      assertThat(watched.page().locator(".lines")).containsText("‹U+202E›gnp.exe <img");
      assertThat(watched.page().locator(".lines")).containsText("‹U+0007›");
      assertThat(watched.page().locator("main img, main script")).hasCount(0);
      assertThat(watched.page().title()).doesNotContain("owned");
      assertThat(watched.page().content()).doesNotContain("\u202E");
      watched.screenshot("hostile");
      watched.hasNoComplaint();
    }
  }

  @Test
  void aLostConnectionIsSeenAndComesBack() {
    try (WatchedPage watched = ada()) {
      watched.context().setOffline(true);
      watched.page().evaluate("window.stop()");
      Locator connection = watched.page().locator("#connection");
      assertThat(connection)
          .containsText(Pattern.compile("Disconnected since \\d\\d:\\d\\d:\\d\\d"));
      watched.screenshot("disconnected");
      watched.context().setOffline(false);
      watched.button("Try now").click();
      assertThat(connection).containsText("Live");
    }
  }

  @Test
  void aChosenThemeIsRemembered() {
    try (WatchedPage watched = ada()) {
      assertThat(watched.page().locator("body")).hasCSS("background-color", "rgb(245, 246, 249)");
      watched.page().getByLabel("Colours").selectOption("dark");
      assertThat(watched.page().locator("body")).hasCSS("background-color", "rgb(15, 17, 23)");
      watched.page().reload();
      assertThat(watched.page().getByLabel("Colours")).hasValue("dark");
      assertThat(watched.page().locator("body")).hasCSS("background-color", "rgb(15, 17, 23)");
    }
  }

  @Test
  void thePageIsWalkedWithTheKeyboard() {
    try (WatchedPage watched = ada()) {
      watched.page().reload();
      watched.live();
      watched.page().keyboard().press("Tab");
      assertThat(watched.page().locator("#skip")).isFocused();
      watched.page().keyboard().press("Enter");
      assertThat(watched.page().locator("main")).isFocused();
      assertThat(watched.page()).hasURL(Pattern.compile(".*/wasm/[^#]*(#/)?$"));
    }
  }

  @Test
  void whoMayOnlyLookSeesWhyNothingCanBeDone() {
    try (WatchedPage watched = open(DESKTOP, ColorScheme.LIGHT).signIn("eve", "secret")) {
      watched.go("#/modules/json").live();
      assertThat(watched.button("Load again")).isDisabled();
      assertThat(watched.page().locator(".module-actions p")).not().isEmpty();
      watched.isAccessible();
      watched.screenshot("may-not-act");
    }
  }

  @Test
  void modulesAreFoundAndPutInOrder() {
    try (WatchedPage watched = ada()) {
      watched.waitForFigures(2);
      watched.button("Calls a second").click();
      assertThat(watched.page().locator(".modules [aria-sort=descending]")).containsText("Calls");
      watched.page().getByLabel("Find a module").fill("compress");
      assertThat(row(watched, "compression")).isVisible();
      assertThat(row(watched, "json")).hasCount(0);
      watched.page().getByLabel("Find a module").fill("no such thing");
      assertThat(watched.page().getByText("No module has this in its name")).isVisible();
    }
  }

  @Test
  void aModuleThatIsNotThereIsSaidToBeMissing() {
    try (WatchedPage watched = ada()) {
      watched.go("#/modules/nothing-of-the-kind").live();
      assertThat(watched.page().getByRole(AriaRole.ALERT)).containsText("There is no such module");
      assertThat(watched.page().locator(".module-title .badge")).hasText("Not registered");
    }
  }

  @Test
  void errorsAreClearedAfterAQuestion() {
    try (WatchedPage watched = ada()) {
      watched.go("#/errors").heading("Errors").first().waitFor();
      assertThat(watched.page().locator(".finding").first()).containsText("trap");
      watched.button("Clear …").click();
      watched.dialog().getByRole(AriaRole.BUTTON, named("Clear")).click();
      assertThat(watched.dialog()).hasCount(0);
      watched.hasNoComplaint();
    }
  }
}
