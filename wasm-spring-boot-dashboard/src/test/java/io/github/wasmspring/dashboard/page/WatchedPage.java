package io.github.wasmspring.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A page, with what it complains of, whom it asks, and how it reads to those who can't see it. */
final class WatchedPage implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Set<String> SERIOUS = Set.of("serious", "critical");
  private static final double TIMEOUT_MILLIS = 15_000;

  private final BrowserContext context;
  private final Page page;
  private final String home;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> strangers = new CopyOnWriteArrayList<>();

  WatchedPage(BrowserContext context, String home) {
    this.context = context;
    this.home = home;
    this.page = context.newPage();
    this.page.setDefaultTimeout(TIMEOUT_MILLIS);
    this.page.onConsoleMessage(
        message -> {
          if ("error".equals(message.type())) {
            this.complaints.add(message.text());
          }
        });
    this.page.onPageError(error -> this.complaints.add(error));
    this.page.onRequest(
        request -> {
          if (!request.url().startsWith(origin()) && !request.url().startsWith("about:")) {
            this.strangers.add(request.url());
          }
        });
    this.page.addInitScript(
        "window.shifts = 0;"
            + "new PerformanceObserver(list => list.getEntries().forEach(entry => {"
            + "  if (!entry.hadRecentInput) window.shifts += entry.value;"
            + "})).observe({ type: 'layout-shift', buffered: true });"
            + "document.addEventListener('securitypolicyviolation',"
            + "  event => console.error('violates ' + event.violatedDirective));");
  }

  private String origin() {
    return this.home.substring(0, this.home.indexOf('/', "http://".length()));
  }

  Page page() {
    return this.page;
  }

  BrowserContext context() {
    return this.context;
  }

  /**
   * @param route of the page, e.g. {@code #/modules/json}
   */
  WatchedPage go(String route) {
    this.page.navigate(this.home + route);
    return this;
  }

  /** Signs in where Spring Security asks for it. */
  WatchedPage signIn(String user, String password) {
    this.page.navigate(this.home);
    this.page.locator("input[name=username]").fill(user);
    this.page.locator("input[name=password]").fill(password);
    this.page.locator("button[type=submit]").click();
    this.page.waitForURL(url -> url.startsWith(this.home));
    return live();
  }

  /** Waits for the figures of a second in which somebody looked. */
  WatchedPage live() {
    this.page.locator("#connection[data-state=live]").waitFor();
    this.page.locator(".status[data-state], .module-title").first().waitFor();
    return this;
  }

  Locator button(String name) {
    return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  Locator heading(String name) {
    return this.page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
  }

  Locator dialog() {
    return this.page.getByRole(AriaRole.DIALOG);
  }

  /** Waits until the page has taken in that many figures from now on. */
  void waitForFigures(int seconds) {
    this.page.evaluate(
        "seconds => new Promise(done => { const stream = new EventSource('api/events');"
            + " let seen = 0; stream.addEventListener('figures', () => {"
            + "  if (++seen > seconds) { stream.close(); done(); } }); })",
        seconds);
  }

  /** How much what is shown has moved without anybody's doing; 0.1 is what people call good. */
  double shifts() {
    return ((Number) this.page.evaluate("window.shifts")).doubleValue();
  }

  boolean scrollsSideways() {
    return (boolean)
        this.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }

  Path screenshot(String name) {
    Path file = SCREENSHOTS.resolve(name + ".png");
    this.page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    return file;
  }

  void isAccessible() {
    List<Rule> violations = new AxeBuilder(this.page).analyze().getViolations();
    assertThat(violations.stream().filter(rule -> SERIOUS.contains(rule.getImpact())))
        .as("what axe finds at %s", this.page.url())
        .extracting(WatchedPage::described)
        .isEmpty();
  }

  private static String described(Rule rule) {
    return rule.getNodes().stream()
        .limit(5)
        .map(CheckedNode::getHtml)
        .collect(Collectors.joining("\n  ", rule.getId() + ": " + rule.getHelp() + "\n  ", ""));
  }

  void hasNoComplaint() {
    assertThat(this.complaints).as("errors in the console").isEmpty();
    assertThat(this.strangers).as("requests to elsewhere").isEmpty();
  }

  List<String> complaints() {
    return this.complaints;
  }

  @Override
  public void close() {
    this.context.close();
  }
}
