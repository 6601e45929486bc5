package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alert rules and dashboard of {@code docs/observability}, against a real Prometheus that scrapes
 * this application. Debian's package {@code prometheus} has it, and {@code promtool}.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.prometheus.metrics.export.enabled=true",
      "management.metrics.distribution.percentiles-histogram.wasm.calls=true",
      "wasm.cache.directory=target/prometheus-test-cache/${random.uuid}",
      "wasm.modules.greeter.quarantine.time=10m",
      "wasm.modules.greeter.quarantine.max-time=10m"
    })
@Tag("once")
@Timeout(120)
class PrometheusTest {

  private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
  private static final Path RULES = DOCS.resolve("observability/wasm-rules.yml");
  private static final Path DASHBOARD = DOCS.resolve("observability/wasm-dashboard.json");
  private static final int FAILURES = 12;

  /** What this application has no figures of, as nothing of the kind happens in it. */
  private static final Set<String> WITHOUT_DATA =
      Set.of(
          "Memory alerts",
          "Sessions that lost their instance",
          "Changes between module and Java",
          "Messages",
          "Messages that wait");

  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
  private static final Pattern METRIC = Pattern.compile("\\bwasm_[a-z_]+");
  private static final Pattern METER = Pattern.compile("`(wasm\\.[a-z.-]+)`");

  @TempDir private Path folder;

  @LocalServerPort private int port;

  private Process prometheus;
  private int prometheusPort;
  private HttpApi prometheusApi;

  @AfterEach
  void stop() throws InterruptedException {
    if (this.prometheus != null) {
      this.prometheus.destroy();
      if (!this.prometheus.waitFor(10, TimeUnit.SECONDS)) {
        this.prometheus.destroyForcibly().waitFor();
      }
    }
  }

  private static Path program(String name) {
    Path program = Path.of("/usr/bin", name);
    assumeTrue(
        Files.isExecutable(program), "there is no " + program + ": install the package prometheus");
    return program;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(RULES.getParent().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void promtoolFindsNothingWrongWithTheRules() throws Exception {
    String promtool = program("promtool").toString();
    assertThat(run(promtool, "check", "rules", RULES.toString())).contains("SUCCESS");
  }

  /** On made-up series, to which promtool applies the rules minute by minute. */
  @Test
  void theRulesFireWhenTheyAreToAndNotElse() throws Exception {
    String promtool = program("promtool").toString();
    assertThat(run(promtool, "test", "rules", "wasm-rules-test.yml")).contains("SUCCESS");
    String tests = Files.readString(RULES.resolveSibling("wasm-rules-test.yml"));
    Matcher alert = Pattern.compile("- alert: (\\w+)").matcher(Files.readString(RULES));
    while (alert.find()) {
      assertThat(tests).contains("alertname=\"" + alert.group(1) + "\"");
    }
  }

  @Test
  void everyMetricIsAMeterOfTheReference() throws IOException {
    Set<String> meters = new HashSet<>();
    Matcher meter = METER.matcher(Files.readString(DOCS.resolve("reference.md")));
    while (meter.find()) {
      meters.add(meter.group(1).replace('.', '_').replace('-', '_'));
    }
    for (Path file : List.of(RULES, DASHBOARD)) {
      Matcher metric = METRIC.matcher(Files.readString(file));
      while (metric.find()) {
        assertThat(meters)
            .as("%s in %s", metric.group(), file)
            .contains(metric.group().replaceAll("_(total|bytes|seconds(_[a-z]+)?)$", ""));
      }
    }
  }

  @Test
  void theDashboardHasDataAndAnAlertFires() throws Exception {
    start();
    HttpApi api = new HttpApi(this.port);
    for (int i = 0; i < FAILURES; i++) {
      api.get("/api/greeter?name=Ada&fail=true");
    }
    JsonNode dashboard = JsonMapper.shared().readTree(DASHBOARD.toFile());
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              // Rates need calls between two looks.
              api.post("/api/json/format", "[1]");
              api.get("/api/greeter?name=Ada");
              api.get("/api/greeter?name=Ada&mode=WASM");
              assertThat(firing()).contains("WasmOperationQuarantined");
              assertThat(emptyOnes(dashboard)).isEmpty();
            });
    assertThat(queries(dashboard)).extracting(Query::title).containsAll(WITHOUT_DATA);
    assertThat(firing()).doesNotContain("WasmModuleNotLoaded", "WasmMemoryBudgetUsedUp");
  }

  /** A panel of one number that says "No data" where nothing is there looks broken. */
  @Test
  void aCountOfNothingIsZero() throws IOException {
    JsonNode dashboard = JsonMapper.shared().readTree(DASHBOARD.toFile());
    assertThat(queries(dashboard))
        .filteredOn(query -> query.expression().startsWith("count("))
        .isNotEmpty()
        .allSatisfy(query -> assertThat(query.expression()).endsWith(" or vector(0)"));
  }

  private record Query(String title, String expression) {}

  private static List<Query> queries(JsonNode dashboard) {
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(new Query(text(panel, "title"), text(target, "expr")));
      }
    }
    for (JsonNode variable : dashboard.at("/templating/list")) {
      Matcher values = LABEL_VALUES.matcher(variable.path("definition").asString(""));
      if (values.matches()) {
        queries.add(
            new Query(
                "variable " + text(variable, "name"),
                "count by (%s) (%s)".formatted(values.group(2), values.group(1))));
      }
    }
    for (JsonNode annotation : dashboard.at("/annotations/list")) {
      queries.add(new Query("annotation " + text(annotation, "name"), text(annotation, "expr")));
    }
    assertThat(queries).hasSizeGreaterThan(40);
    return queries;
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asString();
  }

  /** All of them have to be understood; these have nothing to show. */
  private List<Query> emptyOnes(JsonNode dashboard) {
    return queries(dashboard).stream()
        .filter(query -> isEmpty(query) && !WITHOUT_DATA.contains(query.title()))
        .toList();
  }

  private boolean isEmpty(Query query) {
    String expression =
        query
            .expression()
            .replace("$__rate_interval", "5s")
            .replaceAll("\\$(job|instance|module)", ".*");
    assertThat(expression).doesNotContain("$");
    JsonNode answer =
        ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    assertThat(text(answer, "status")).as("%s: %s", query, answer).isEqualTo("success");
    return answer.at("/data/result").isEmpty();
  }

  private Set<String> firing() {
    return StreamSupport.stream(ask("/api/v1/alerts").at("/data/alerts").spliterator(), false)
        .filter(alert -> text(alert, "state").equals("firing"))
        .map(alert -> alert.at("/labels/alertname").asString())
        .collect(Collectors.toSet());
  }

  private JsonNode ask(String path) {
    return JsonMapper.shared().readTree(this.prometheusApi.get(path).body());
  }

  private void start() throws IOException {
    String program = program("prometheus").toString();
    Path configuration =
        Files.writeString(
            this.folder.resolve("prometheus.yml"),
            """
            global:
              scrape_interval: 250ms
              scrape_timeout: 250ms
              evaluation_interval: 250ms
            rule_files:
              - %s
            scrape_configs:
              - job_name: sample
                metrics_path: /actuator/prometheus
                static_configs:
                  - targets: ["localhost:%d"]
            """
                .formatted(RULES, this.port));
    this.prometheusPort = freePort();
    this.prometheusApi = new HttpApi(this.prometheusPort);
    Path log = this.folder.resolve("prometheus.log");
    this.prometheus =
        new ProcessBuilder(
                program,
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + this.folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + this.prometheusPort)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(isReady()).as(Files.readString(log)).isTrue());
  }

  private boolean isReady() {
    assertThat(this.prometheus.isAlive()).isTrue();
    try (InputStream ready =
        URI.create("http://127.0.0.1:%d/-/ready".formatted(this.prometheusPort))
            .toURL()
            .openStream()) {
      return ready.readAllBytes().length > 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }
}
