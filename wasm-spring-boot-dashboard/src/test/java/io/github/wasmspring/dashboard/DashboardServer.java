package io.github.wasmspring.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application with a dashboard and the bundled modules, on a free port of loopback. */
public final class DashboardServer implements AutoCloseable {

  public static final String TOKEN = "X-Wasm-Dashboard-Token";

  private static final String WITHOUT_SECURITY =
      "spring.autoconfigure.exclude="
          + String.join(
              ",",
              "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
              "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
              "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
              "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
              "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration");

  private final ConfigurableApplicationContext context;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private String authorization = "";

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  private DashboardServer(Class<?>[] configurations, List<String> properties) {
    List<Class<?>> sources = new ArrayList<>(List.of(configurations));
    sources.add(Application.class);
    List<String> all = new ArrayList<>();
    all.add("server.port=0");
    all.add("wasm.dashboard.enabled=true");
    all.add("spring.application.name=shop");
    all.add("spring.main.banner-mode=off");
    all.add("server.shutdown=immediate");
    all.addAll(properties);
    this.context =
        new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
            .web(WebApplicationType.SERVLET)
            .registerShutdownHook(false)
            .properties(all.toArray(String[]::new))
            .run();
  }

  /** On loopback, without Spring Security. */
  public static DashboardServer onLoopback(Class<?>[] configurations, String... properties) {
    List<String> all = new ArrayList<>(Arrays.asList(properties));
    all.add(WITHOUT_SECURITY);
    all.add("server.address=127.0.0.1");
    return new DashboardServer(configurations, all);
  }

  public static DashboardServer onLoopback(String... properties) {
    return onLoopback(new Class<?>[0], properties);
  }

  /** On all addresses, without Spring Security. */
  public static DashboardServer withoutSecurity(String... properties) {
    List<String> all = new ArrayList<>(Arrays.asList(properties));
    all.add(WITHOUT_SECURITY);
    return new DashboardServer(new Class<?>[0], all);
  }

  /** On all addresses, with Spring Security. */
  public static DashboardServer withSecurity(Class<?>[] configurations, String... properties) {
    return new DashboardServer(configurations, Arrays.asList(properties));
  }

  public ConfigurableApplicationContext context() {
    return this.context;
  }

  public <T> T bean(Class<T> type) {
    return this.context.getBean(type);
  }

  public int port() {
    return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + "/wasm" + path);
  }

  /** From now on, requests are those of a user. */
  public DashboardServer as(String user, String password) {
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** From now on, requests are those of nobody. */
  public DashboardServer asNobody() {
    this.authorization = "";
    return this;
  }

  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
    if (!this.authorization.isEmpty()) {
      request.header("Authorization", this.authorization);
    }
    return request;
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<InputStream> open(HttpRequest.Builder request) throws Exception {
    return this.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  public HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  public JsonNode json(String path) throws Exception {
    return json(get(path));
  }

  public static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  /** The headers that requests that change something have to have. */
  public Map<String, String> csrf() throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    json("/api/session")
        .get("csrf")
        .get("headers")
        .properties()
        .forEach(each -> headers.put(each.getKey(), each.getValue().stringValue()));
    return headers;
  }

  public HttpRequest.Builder post(String path, String body) throws Exception {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    csrf().forEach(request::header);
    return request;
  }

  public HttpResponse<String> act(String path, String body) throws Exception {
    return send(post(path, body));
  }

  /** A request as it is written, for what HTTP clients don't let one say. */
  public String raw(String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    SpringApplication.exit(this.context);
  }
}
