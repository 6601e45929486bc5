package io.github.wasmspring.dashboard.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The browser of the distribution: Debian's package {@code chromium} has it. */
final class Chromium implements AutoCloseable {

  private static final int PHONE = 390;
  private static final double PATIENCE_MILLIS = 15_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Skips the test where there is no such browser. */
  static Chromium start() {
    Optional<Path> program = find();
    assumeTrue(program.isPresent(), "No chromium on the PATH: install the package chromium");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      Browser browser =
          playwright
              .chromium()
              .launch(new BrowserType.LaunchOptions().setExecutablePath(program.get()));
      return new Chromium(playwright, browser);
    } catch (RuntimeException failed) {
      playwright.close();
      throw failed;
    }
  }

  private static Optional<Path> find() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A person with nothing remembered from before, in front of a screen. */
  WatchedPage open(String home, int width, ColorScheme colours) {
    BrowserContext context =
        this.browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, width <= PHONE ? 844 : 900)
                .setColorScheme(colours)
                .setLocale("en-GB"));
    return new WatchedPage(context, home);
  }

  @Override
  public void close() {
    this.browser.close();
    this.playwright.close();
  }
}
