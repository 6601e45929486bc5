package io.github.wasmspring.dashboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the page says where the server says no: the browser hears the answers from here. */
@SpringBootTest(
    classes = PageApplication.class,
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
class DashboardPageRefusalTest {

  private static final String ACTION = "**/api/modules/json/actions/*";

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
        .open("http://127.0.0.1:" + this.port + "/wasm/", 1400, ColorScheme.LIGHT)
        .signIn("ada", "secret");
  }

  private static Route.FulfillOptions json(int status, String body) {
    return new Route.FulfillOptions()
        .setStatus(status)
        .setContentType("application/json")
        .setBody(body);
  }

  private static String refusal(int status, String code, String message) {
    return "{\"status\":%d,\"code\":\"%s\",\"message\":\"%s\",\"category\":null}"
        .formatted(status, code, message);
  }

  private static Locator confirm(WatchedPage watched, String label) {
    return watched
        .dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(label).setExact(true));
  }

  @ParameterizedTest
  @CsvSource({
    "409, failed, 'json could not be loaded again: the file is gone', the file is gone",
    "409, changed, Another module runs by now., decide again",
    "429, busy, Three actions are under way., wait for it to end"
  })
  void aRefusalIsSaidInTheDialogWhichStays(int status, String code, String message, String shown) {
    try (WatchedPage watched = ada()) {
      watched
          .page()
          .route(ACTION, route -> route.fulfill(json(status, refusal(status, code, message))));
      watched.go("#/modules/json").live();
      watched.button("Load again").click();
      confirm(watched, "Load again").click();
      assertThat(watched.dialog().getByRole(AriaRole.ALERT)).containsText(shown);
      assertThat(confirm(watched, "Try again")).isEnabled();
      watched.isAccessible();
    }
  }

  @Test
  void anAnswerThatIsAPageToSignInIsSaidToBeOne() {
    try (WatchedPage watched = ada()) {
      watched
          .page()
          .route(
              ACTION,
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setStatus(401)
                          .setContentType("text/html")
                          .setBody("<h1>Please sign in</h1>")));
      watched.go("#/modules/json").live();
      watched.button("Load again").click();
      confirm(watched, "Load again").click();
      assertThat(watched.dialog().getByRole(AriaRole.ALERT)).containsText("sign-in has ended");
    }
  }

  @Test
  void anApplicationThatIsGoneIsSaidToBe() {
    try (WatchedPage watched = ada()) {
      watched.page().route(ACTION, Route::abort);
      watched.go("#/modules/json").live();
      watched.button("Load again").click();
      confirm(watched, "Load again").click();
      assertThat(watched.dialog().getByRole(AriaRole.ALERT)).containsText("does not answer");
    }
  }

  @Test
  void aTokenThatHasChangedIsAskedForOnce() {
    try (WatchedPage watched = ada()) {
      List<String> tokens = new CopyOnWriteArrayList<>();
      watched
          .page()
          .route(
              "**/api/session",
              route ->
                  route.fulfill(
                      json(
                          200,
                          route
                              .fetch()
                              .text()
                              .replaceAll("(\"[^\"]*Token\"):\"[^\"]*\"", "$1:\"new\""))));
      watched
          .page()
          .route(
              ACTION,
              route -> {
                String token =
                    route.request().headers().values().stream()
                        .filter("new"::equals)
                        .findAny()
                        .orElse("old");
                tokens.add(token);
                route.fulfill(
                    "new".equals(token)
                        ? json(
                            200,
                            "{\"state\":\"done\",\"message\":\"json was loaded again\",\"progress\":null}")
                        : json(403, refusal(403, "forbidden", "The token is another one.")));
              });
      watched.page().evaluate("location.hash = '#/modules/json'");
      watched.live();
      watched.button("Load again").click();
      confirm(watched, "Load again").click();
      assertThat(watched.dialog()).hasCount(0);
      assertThat(tokens).containsExactly("old", "new");
    }
  }

  @Test
  void tooManyDashboardsAreSaidToBe() {
    try (WatchedPage watched = ada()) {
      watched
          .page()
          .route(
              "**/api/events",
              route -> route.fulfill(json(503, refusal(503, "too_many_clients", "There are 20."))));
      watched.page().reload();
      assertThat(watched.page().locator("#connection"))
          .containsText("Too many dashboards are open");
    }
  }

  private WatchedPage withPlugins() {
    WatchedPage watched = ada();
    watched
        .page()
        .route(
            "**/api/session",
            route ->
                route.fulfill(
                    json(
                        200,
                        route
                            .fetch()
                            .text()
                            .replace(
                                "\"plugins\":null",
                                "\"plugins\":{\"upload\":true,\"maxBytes\":1000}"))));
    watched.page().reload();
    return watched.live();
  }

  @Test
  void aPluginIsUploaded() {
    try (WatchedPage watched = withPlugins()) {
      List<String> asked = new CopyOnWriteArrayList<>();
      watched
          .page()
          .route(
              "**/api/plugins/**",
              route -> {
                asked.add(route.request().url().replaceAll(".*/api/", ""));
                route.fulfill(
                    asked.size() == 1
                        ? json(409, refusal(409, "failed", "greeter is not signed"))
                        : json(
                            200,
                            "{\"state\":\"done\",\"message\":\"greeter 1.0.0 was installed\",\"progress\":null}"));
              });
      assertThat(watched.page().getByText("No plug-in is installed")).isVisible();
      watched.button("Install a plug-in").click();
      watched
          .page()
          .getByLabel("Module", new Page.GetByLabelOptions().setExact(true))
          .setInputFiles(file("greeter.wasm", 8));
      assertThat(watched.page().getByLabel("Id", new Page.GetByLabelOptions().setExact(true)))
          .hasValue("greeter");
      watched.isAccessible();
      watched.screenshot("upload");
      confirm(watched, "Install").click();
      assertThat(watched.dialog().getByRole(AriaRole.ALERT)).containsText("greeter is not signed");
      watched
          .page()
          .getByLabel("Signature (optional)")
          .setInputFiles(file("greeter.wasm.minisig", 3));
      confirm(watched, "Try again").click();
      assertThat(watched.page().locator(".tray-line")).containsText("greeter 1.0.0 was installed");
      assertThat(asked)
          .containsExactly(
              "plugins/greeter/upload?confirm=greeter",
              "plugins/greeter/upload?confirm=greeter&signature-bytes=3");
    }
  }

  @Test
  void aFileThatIsTooLargeIsNotSent() {
    try (WatchedPage watched = withPlugins()) {
      List<String> asked = new CopyOnWriteArrayList<>();
      watched.page().route("**/api/plugins/**", route -> asked.add(route.request().url()));
      watched.button("Install a plug-in").click();
      watched
          .page()
          .getByLabel("Module", new Page.GetByLabelOptions().setExact(true))
          .setInputFiles(file("big.wasm", 1001));
      confirm(watched, "Install").click();
      assertThat(watched.dialog()).isVisible();
      assertThat(asked).isEmpty();
    }
  }

  private static FilePayload file(String name, int size) {
    return new FilePayload(
        name, "application/wasm", "a".repeat(size).getBytes(StandardCharsets.UTF_8));
  }
}
