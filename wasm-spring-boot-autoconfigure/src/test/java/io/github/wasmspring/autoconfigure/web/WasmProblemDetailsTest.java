package io.github.wasmspring.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.autoconfigure.ConnectionPerRequest;
import io.github.wasmspring.autoconfigure.LogCapture;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What clients of real servers get to see when a module fails. */
@TestInstance(Lifecycle.PER_CLASS)
class WasmProblemDetailsTest {

  private final Map<WebApplicationType, ConfigurableApplicationContext> servers =
      new EnumMap<>(WebApplicationType.class);
  private final List<ConfigurableApplicationContext> others = new ArrayList<>();

  @AfterAll
  void stop() {
    this.servers.values().forEach(ConfigurableApplicationContext::close);
    this.others.forEach(ConfigurableApplicationContext::close);
  }

  private static ConfigurableApplicationContext start(
      WebApplicationType type, Class<?> advice, String... properties) {
    List<String> arguments = new ArrayList<>(List.of("--server.port=0"));
    for (String property : properties) {
      arguments.add("--" + property);
    }
    return new SpringApplicationBuilder(Application.class, advice)
        .web(type)
        .registerShutdownHook(false)
        .run(arguments.toArray(String[]::new));
  }

  private HttpResponse<String> get(WebApplicationType type, String path, String... headers)
      throws Exception {
    return get(
        this.servers.computeIfAbsent(
            type, each -> start(each, Object.class, "wasm.web.problem-details.retry-after=7s")),
        path,
        headers);
  }

  private HttpResponse<String> get(
      ConfigurableApplicationContext server, String path, String... headers) throws Exception {
    String port = server.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return ConnectionPerRequest.send(request.build(), BodyHandlers.ofString());
  }

  private static String contentType(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("none");
  }

  private static void assertProblem(HttpResponse<?> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(contentType(response)).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void theGuestsOwnErrorsAreTheClients(WebApplicationType type) throws Exception {
    HttpResponse<String> response = get(type, "/code/json.syntax");
    assertProblem(response, 400);
    assertThat(response.body())
        .contains("\"detail\":\"unexpected ']' at line 1\"")
        .contains("\"code\":\"json.syntax\"", "\"offset\":17", "\"element\":3")
        .contains("\"category\":\"OPERATION\"");
    assertProblem(get(type, "/code/json.not-found"), 404);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void soIsInvalidInput(WebApplicationType type) throws Exception {
    HttpResponse<String> response = get(type, "/input");
    assertProblem(response, 400);
    assertThat(response.body()).contains("indent must be at most 16", "INVALID_INPUT");
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void whereThereIsNoRoomTheClientMayAskAgain(WebApplicationType type) throws Exception {
    for (String category : List.of("REJECTED", "BUDGET")) {
      HttpResponse<String> response = get(type, "/category/" + category);
      assertProblem(response, 503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void aDeadlineIsAGatewayTimeoutHoweverTheMethodAnswers(WebApplicationType type) throws Exception {
    for (String path : List.of("/category/TIMEOUT", "/later", "/mono", "/text")) {
      assertProblem(get(type, path), 504);
    }
    assertProblem(get(type, "/category/TIMEOUT", "Accept", "text/html"), 504);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void ofAllElseTheClientLearnsNothing(WebApplicationType type) throws Exception {
    for (WasmErrorCategory category : WasmErrorCategory.values()) {
      switch (category) {
        case OPERATION, INVALID_INPUT -> {}
        default -> {
          HttpResponse<String> response = get(type, "/category/" + category);
          assertThat(response.statusCode()).as(category.name()).isGreaterThanOrEqualTo(500);
          assertThat(response.body())
              .doesNotContain("secret", "vault", "open", "jvm", "\"category\":");
          assertThat(contentType(response)).startsWith("application/problem+json");
        }
      }
    }
    assertProblem(get(type, "/category/TRAP"), 500);
    assertProblem(get(type, "/category/MEMORY_LIMIT"), 500);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void theLogLearnsIt(WebApplicationType type) throws Exception {
    try (LogCapture log = new LogCapture(WasmProblemDetailsAdvice.class.getName())) {
      get(type, "/of/logged/TRAP");
      get(type, "/of/logged/REJECTED");
      get(type, "/code/json.syntax");
      assertThat(log.messages())
          .hasSize(2)
          .allSatisfy(message -> assertThat(message).contains("logged", "secret of the machine"))
          .anyMatch(message -> message.startsWith("Answered with 500"))
          .anyMatch(message -> message.startsWith("Answered with 503"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void butNotOfEachOfMany(WebApplicationType type) throws Exception {
    // An application that starts begins its log anew.
    get(type, "/input");
    try (LogCapture log = new LogCapture(WasmProblemDetailsAdvice.class.getName())) {
      for (int i = 0; i < 50; i++) {
        assertProblem(get(type, "/of/flood/TRAP"), 500);
      }
      assertThat(log.messages()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void anotherBugOfTheSameCategoryIsNotHidden(WebApplicationType type) throws Exception {
    get(type, "/input");
    try (LogCapture log = new LogCapture(WasmProblemDetailsAdvice.class.getName())) {
      for (int i = 0; i < 10; i++) {
        get(type, "/of/two-bugs/TRAP");
        get(type, "/elsewhere/two-bugs/TRAP");
      }
      assertThat(log.messages())
          .hasSize(2)
          .anyMatch(message -> message.contains("secret of the machine"))
          .anyMatch(message -> message.contains("another bug"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void otherFailuresAreNoneOfItsBusiness(WebApplicationType type) throws Exception {
    HttpResponse<String> response = get(type, "/other");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(contentType(response)).startsWith("application/json");
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void aPropertyTurnsItOff(WebApplicationType type) throws Exception {
    ConfigurableApplicationContext server =
        start(type, Object.class, "wasm.web.problem-details.enabled=false");
    this.others.add(server);
    HttpResponse<String> response = get(server, "/code/json.syntax");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(contentType(response)).startsWith("application/json");
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void anAdviceOfTheApplicationWins(WebApplicationType type) throws Exception {
    for (Class<?> advice : List.of(OwnAdvice.class, CatchAll.class)) {
      ConfigurableApplicationContext server = start(type, advice);
      this.others.add(server);
      assertThat(get(server, "/category/TIMEOUT").statusCode()).isEqualTo(418);
    }
  }

  @Test
  void thereIsNoneWithoutAWebApplication() {
    AutoConfigurations ours = AutoConfigurations.of(WasmProblemDetailsAutoConfiguration.class);
    new ApplicationContextRunner()
        .withConfiguration(ours)
        .run(context -> assertThat(context).doesNotHaveBean(WasmProblemDetailsAdvice.class));
    new WebApplicationContextRunner()
        .withConfiguration(ours)
        .run(context -> assertThat(context).hasSingleBean(WasmProblemDetailsAdvice.class));
    new WebApplicationContextRunner()
        .withClassLoader(new FilteredClassLoader(ProblemDetail.class))
        .withConfiguration(ours)
        .run(context -> assertThat(context).doesNotHaveBean(WasmProblemDetailsAdvice.class));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(FailingController.class)
  static class Application {}

  @RestControllerAdvice
  static class OwnAdvice {

    @ExceptionHandler
    ResponseEntity<String> handle(WasmException failure) {
      return ResponseEntity.status(418).body("mine");
    }
  }

  @RestControllerAdvice
  static class CatchAll {

    @ExceptionHandler
    ResponseEntity<String> handle(Exception failure) {
      return ResponseEntity.status(418).body("mine");
    }
  }
}
