package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The distribution's Chromium, with an eye on what goes wrong in it. Not for two threads. */
final class SampleBrowser implements AutoCloseable {

  private static final int HEIGHT = 900;

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> faults = new CopyOnWriteArrayList<>();

  private SampleBrowser(Path executable) {
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        this.playwright.chromium().launch(new LaunchOptions().setExecutablePath(executable));
  }

  /** Skips the tests where there is none. */
  static SampleBrowser open() {
    Optional<Path> chromium = find();
    assumeThat(chromium)
        .as("There is no Chromium: install the package chromium to run these tests")
        .isPresent();
    return new SampleBrowser(chromium.orElseThrow());
  }

  private static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Arrays.stream(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A page of the application on that port, in a window of its own. */
  Page page(int port, int width, ColorScheme scheme) {
    this.faults.clear();
    BrowserContext context =
        this.browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, HEIGHT)
                .setColorScheme(scheme)
                .setIsMobile(width < 600)
                .setHasTouch(width < 600));
    String origin = "http://localhost:" + port + "/";
    Page page = context.newPage();
    page.onPageError(error -> this.faults.add("error: " + error));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            this.faults.add(message.type() + ": " + message.text());
          }
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) {
            this.faults.add("asked elsewhere: " + request.url());
          }
        });
    page.navigate(origin);
    return page;
  }

  /** What scripts, the console and the network have complained about. */
  List<String> faults() {
    return this.faults;
  }

  static void assertAccessible(Page page) {
    assertThat(new AxeBuilder(page).analyze().getViolations())
        .filteredOn(violation -> List.of("serious", "critical").contains(violation.getImpact()))
        .extracting(
            violation ->
                violation.getId()
                    + ": "
                    + violation.getNodes().stream().map(node -> node.getTarget()).toList())
        .isEmpty();
  }

  static void assertNothingSticksOut(Page page) {
    assertThat(
            page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as("pixels by which the page is wider than its window")
        .isEqualTo(0);
  }

  @Override
  public void close() {
    this.browser.close();
    this.playwright.close();
  }
}
