package io.github.wasmspring.sample;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.plugin.WasmPlugins;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clicks through the page in a real browser; the pictures are in target/screenshots. */
@Tag("once")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PageInBrowserTest {

  private static final int DESKTOP = 1400;
  private static final double PATIENCE = 60_000;
  private static final List<String> PANELS =
      List.of(
          "json",
          "schema",
          "formats",
          "compression",
          "hashes",
          "crypto",
          "text",
          "differences",
          "documents",
          "spectrum",
          "clusters",
          "matrix",
          "greeter",
          "plugin");

  private static SampleBrowser browser;

  @LocalServerPort private int port;

  @Autowired private WasmModuleManager modules;

  @Autowired private WasmPlugins plugins;

  @BeforeAll
  static void open() {
    browser = SampleBrowser.open();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private Page desktop() {
    this.modules.release("hostile");
    return page(DESKTOP, ColorScheme.LIGHT);
  }

  private Page page(int width, ColorScheme scheme) {
    Page page = browser.page(this.port, width, scheme);
    page.setDefaultTimeout(PATIENCE);
    return page;
  }

  private static Locator answer(Page page, String panel) {
    return page.locator("#" + panel + " .answer");
  }

  private static void click(Page page, String panel, String button) {
    page.locator("#" + panel)
        .getByText(button, new Locator.GetByTextOptions().setExact(true))
        .click();
  }

  /** Once the buttons have found who listens: each panel begins by itself when it is seen. */
  private static void awaitAnswer(Page page, String panel) {
    page.locator("#" + panel).scrollIntoViewIfNeeded();
    answer(page, panel).locator(".badge").first().waitFor();
    assertThat(answer(page, panel)).not().hasAttribute("aria-busy", "true");
  }

  private static void assertSays(Page page, String panel, String text) {
    assertThat(answer(page, panel))
        .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1400, LIGHT", "1400, DARK"})
  void everyPanelAnswersItsExampleAndPleases(int width, ColorScheme scheme) {
    Page page = page(width, scheme);
    for (String panel : PANELS) {
      if (panel.equals("plugin")) {
        page.locator("#plugin").scrollIntoViewIfNeeded();
        click(page, "plugin", "Five percent off");
      }
      awaitAnswer(page, panel);
      assertThat(answer(page, panel).locator(".error")).hasCount(0);
      assertThat(answer(page, panel).locator(".badge").first()).hasText("WebAssembly");
    }
    this.modules.release("hostile");
    click(page, "hostile", "Loop for ever");
    assertSays(page, "hostile", "Stopped at its deadline.");
    assertThat(page.locator("#module-rows tr")).not().hasCount(0);
    page.evaluate("() => scrollTo(0, 0)");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(
                Path.of("target/screenshots/%d-%s.png".formatted(width, scheme).toLowerCase())));
    SampleBrowser.assertNothingSticksOut(page);
    SampleBrowser.assertAccessible(page);
    assertThat(browser.faults()).isEmpty();
    page.context().close();
  }

  @Test
  void saysWhatIsWrongInASentence() {
    Page page = desktop();
    awaitAnswer(page, "json");
    page.fill("#json-document", "{\"a\": 01}");
    click(page, "json", "Format");
    assertSays(page, "json", "line 1, column 8");
    assertThat(answer(page, "json").locator(".error")).hasCount(1);
    click(page, "json", "Validate");
    assertSays(page, "json", "Line 1, column 8:");
    page.context().close();
  }

  @Test
  void textStaysText() {
    Page page = desktop();
    awaitAnswer(page, "text");
    page.fill("#text-text", "<img src=x onerror=alert(1)> & <b>sea</b>");
    click(page, "text", "Search");
    assertSays(page, "text", "<img src=x onerror=alert(1)> & <b>sea</b>");
    assertThat(answer(page, "text").locator("mark")).hasText("sea");
    assertThat(answer(page, "text").locator("img, b")).hasCount(0);
    page.fill("#greeter-name", "<script>alert(1)</script>");
    click(page, "greeter", "Greet");
    assertSays(page, "greeter", "<script>alert(1)</script>");
    assertThat(browser.faults()).isEmpty();
    page.context().close();
  }

  @Test
  void javaAnswersWhereItIsToldTo() {
    Page page = desktop();
    awaitAnswer(page, "json");
    page.getByText("Java only").click();
    assertThat(answer(page, "json").locator(".badge")).hasText("Java");
    click(page, "compression", "Compare");
    assertSays(page, "compression", "at.yawk.lz4:lz4-java");
    assertSays(page, "compression", "gzip");
    page.context().close();
  }

  @Test
  void aModuleThatFailsIsReplacedByJava() {
    Page page = desktop();
    awaitAnswer(page, "greeter");
    page.check("#greeter-fail");
    click(page, "greeter", "Greet");
    assertSays(page, "greeter", "answered in its place");
    assertThat(answer(page, "greeter").locator(".badge")).hasText("Java");
    page.context().close();
  }

  @Test
  void compressesAFile() {
    Page page = desktop();
    awaitAnswer(page, "compression");
    page.selectOption("#compression-data", "file");
    click(page, "compression", "Compare");
    assertSays(page, "compression", "Choose a file first.");
    page.setInputFiles(
        "#compression-file",
        new FilePayload(
            "a.txt", "text/plain", "again and ".repeat(1000).getBytes(StandardCharsets.UTF_8)));
    click(page, "compression", "Compare");
    assertSays(page, "compression", "9.8 KB become");
    page.context().close();
  }

  @Test
  void whatWasChangedOnTheWayIsNotOpened() {
    Page page = desktop();
    awaitAnswer(page, "crypto");
    assertSays(page, "crypto", "Opened: Meet me at the engine at noon.");
    page.check("#crypto-tamper");
    click(page, "crypto", "Seal and open");
    assertSays(page, "crypto", "Not opened.");
    click(page, "crypto", "New key");
    page.uncheck("#crypto-tamper");
    click(page, "crypto", "Seal and open");
    assertSays(page, "crypto", "Opened: Meet me at the engine at noon.");
    page.context().close();
  }

  @Test
  void findsInOnesOwnDocuments() {
    Page page = desktop();
    awaitAnswer(page, "documents");
    assertSays(page, "documents", "Rooibos");
    page.fill("#documents-text", "<b>A red herring</b>\n\nSeven <i>lighthouses</i>\n\nA harbour");
    page.fill("#documents-question", "lighthause \" AND (");
    click(page, "documents", "Search");
    assertSays(page, "documents", "Nearest of 3 documents");
    assertThat(answer(page, "documents").locator("li").first())
        .containsText("Seven <i>lighthouses</i>");
    assertSays(page, "documents", "No document has one of these words.");
    page.fill("#documents-question", "light");
    click(page, "documents", "Search");
    assertThat(answer(page, "documents").locator("mark")).hasText("lighthouses");
    assertThat(answer(page, "documents").locator("b, i")).hasCount(0);
    page.fill("#documents-question", "?!");
    click(page, "documents", "Search");
    assertThat(answer(page, "documents").locator(".error")).hasText("Ask with a word at least.");
    page.getByText("Java only").click();
    page.fill("#documents-question", "harbor");
    click(page, "documents", "Search");
    assertThat(answer(page, "documents").locator(".badge")).hasText("Java");
    assertThat(answer(page, "documents").locator("li").first()).containsText("A harbour");
    page.context().close();
  }

  @Test
  void theSpectrumFollowsTheSliders() {
    Page page = desktop();
    awaitAnswer(page, "spectrum");
    page.fill("#spectrum-noise", "0");
    page.fill("#spectrum-f1", "50");
    assertThat(
            answer(page, "spectrum").getByText("50", new Locator.GetByTextOptions().setExact(true)))
        .hasCount(1);
    page.context().close();
  }

  @Test
  void pointsAreAddedByAClick() {
    Page page = desktop();
    awaitAnswer(page, "clusters");
    assertSays(page, "clusters", "240 points");
    answer(page, "clusters").locator("svg").click();
    assertSays(page, "clusters", "241 points");
    page.context().close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "Take all memory, never more than",
        "Recurse for ever, Stopped at the end of its stack.",
        "Read the host's memory, Stopped by a trap.",
        "Break down, one instance was thrown away"
      })
  void theHostileModuleIsStopped(String button, String outcome) {
    Page page = desktop();
    click(page, "hostile", button);
    assertSays(page, "hostile", outcome);
    assertThat(answer(page, "hostile"))
        .containsText(Pattern.compile("the module json answered ([\\d,]+) of \\1 calls"));
    page.context().close();
  }

  @Test
  void aPluginIsInstalledBrokenAndRolledBack() {
    this.plugins.remove("discount");
    Page page = desktop();
    page.locator("#plugin").scrollIntoViewIfNeeded();
    assertSays(page, "plugin", "No plug-in is installed.");
    click(page, "plugin", "Five percent off");
    assertSays(page, "plugin", "100 become 95.00, says 1.0.0.");
    click(page, "plugin", "Ten percent off");
    assertSays(page, "plugin", "100 become 90.00, says 1.1.0.");
    click(page, "plugin", "One that breaks");
    assertSays(page, "plugin", "1.2.0 breaks down.");
    click(page, "plugin", "Roll back");
    assertSays(page, "plugin", "100 become 90.00, says 1.1.0.");
    assertSays(page, "plugin", "rolled back");
    page.setInputFiles(
        "#plugin-file",
        new FilePayload(
            "own.wasm", "application/wasm", "no module".getBytes(StandardCharsets.UTF_8)));
    click(page, "plugin", "Upload");
    assertThat(answer(page, "plugin").locator(".error")).containsText("magic");
    click(page, "plugin", "Remove");
    assertSays(page, "plugin", "No plug-in is installed.");
    page.context().close();
  }

  @Test
  void worksWithTheKeyboardAlone() {
    Page page = desktop();
    awaitAnswer(page, "json");
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    page.keyboard().press("Enter");
    page.focus("#text-needle");
    page.fill("#text-needle", "shore");
    page.keyboard().press("Enter");
    assertSays(page, "text", "Found once.");
    assertThat(page.locator("#status")).containsText("Text: ");
    page.context().close();
  }
}
