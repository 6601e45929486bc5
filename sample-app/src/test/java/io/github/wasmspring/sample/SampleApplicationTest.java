package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.sample.HttpApi.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The contract of the HTTP interface. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SampleApplicationTest {

  private static final String DOCUMENT =
      "{\"b\": [1, 2.50, {}], \"a\": \"\\u00e9 \\ud83d\\ude00\"}";

  @LocalServerPort private int port;

  private HttpApi api;

  @BeforeEach
  void connect() {
    this.api = new HttpApi(this.port);
  }

  @Test
  void formats() {
    Answer answer =
        this.api.post("/api/json/format?indent=2&sortKeys=true", "{\"b\":[1],\"a\":{}}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.source()).isEqualTo("WASM");
    assertThat(answer.contentType()).startsWith("application/json");
    assertThat(answer.body()).isEqualTo("{\n  \"a\": {},\n  \"b\": [\n    1\n  ]\n}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "application/json",
        "text/plain; charset=ISO-8859-1",
        "multipart/form-data; boundary=x",
        "application/octet-stream"
      })
  void takesTheBodyWhateverItIsCalled(String contentType) {
    Answer answer = this.api.post("/api/json/format?indent=0", contentType, "{ \"a\": \"b=c&d\" }");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"a\":\"b=c&d\"}");
  }

  @Test
  void minifies() {
    assertThat(this.api.post("/api/json/minify", " [ 1 , 2 ] ").body()).isEqualTo("[1,2]");
  }

  @Test
  void saysThatADocumentIsValid() {
    Answer answer = this.api.post("/api/json/validate", "[1]");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"valid\":true");
  }

  @Test
  void saysWhereADocumentIsWrong() {
    Answer answer = this.api.post("/api/json/validate", "{\n  \"a\": 01\n}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"valid\":false", "\"line\":2", "\"column\":9", "\"offset\":10")
        .contains("\"message\":\"");
  }

  @Test
  void findsAPartOfADocument() {
    assertThat(this.api.post("/api/json/query?pointer=/a/0", "{\"a\":[ {\"x\": 1} ]}").body())
        .isEqualTo("{\"x\":1}");
  }

  @Test
  void searchesText() {
    Answer answer = this.api.post("/api/strings/search?needle=sea", "sea, seashore");
    assertThat(answer.source()).isEqualTo("WASM");
    assertThat(answer.body()).contains("\"count\":2", "\"first\":0", "\"positions\":[0,5]");
  }

  @Test
  void hashesText() {
    assertThat(this.api.post("/api/strings/hash", "hello").body())
        .contains("\"hash\":\"26c7827d889f6da3\"");
  }

  @Test
  void greets() {
    Answer answer = this.api.get("/api/greeter?name=Ada");
    assertThat(answer.source()).isEqualTo("WASM");
    assertThat(answer.body()).isEqualTo("{\"greeting\":\"Hello, Ada! Nice to meet you.\"}");
  }

  @Test
  void javaAnswersWhenTheModuleFails() {
    Answer answer = this.api.get("/api/greeter?name=Ada&fail=true");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.source()).isEqualTo("FALLBACK");
    assertThat(answer.body()).isEqualTo("{\"greeting\":\"Hello, Ada! Nice to meet you.\"}");
    assertThat(this.api.get("/api/greeter?name=Ada").source()).isEqualTo("WASM");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/json/format?indent=3&sortKeys=true",
        "/api/json/minify",
        "/api/json/validate",
        "/api/json/query?pointer=/b/1",
        "/api/strings/search?needle=u",
        "/api/strings/hash"
      })
  void javaGivesTheSameBody(String path) {
    Answer wasm = this.api.post(path, DOCUMENT);
    Answer java = this.api.post(path + (path.contains("?") ? "&" : "?") + "mode=java", DOCUMENT);
    assertThat(wasm.source()).isEqualTo("WASM");
    assertThat(java.source()).isEqualTo("FALLBACK");
    assertThat(java.body()).isEqualTo(wasm.body());
    assertThat(java.status()).isEqualTo(wasm.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ada", "  ", "Zoë 😀", "<b>&"})
  void javaGreetsTheSame(String name) {
    String path = "/api/greeter?name=" + HttpApi.encode(name);
    assertThat(this.api.get(path + "&mode=java").body()).isEqualTo(this.api.get(path).body());
  }

  @ParameterizedTest
  @CsvSource({
    "/api/json/format, auto",
    "/api/json/minify, auto",
    "/api/json/query?pointer=/a, auto",
    "/api/json/format, java",
    "/api/json/minify, java",
    "/api/json/query?pointer=/a, java"
  })
  void refusesInvalidJson(String path, String mode) {
    Answer answer =
        this.api.post(path + (path.contains("?") ? "&" : "?") + "mode=" + mode, "{\"a\":1,}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body()).contains("json.syntax", "\"offset\":7", "line 1, column 8");
    assertThat(answer.source()).isEqualTo(mode.equals("java") ? "FALLBACK" : "WASM");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/json/format?indent=17, 400",
    "/api/json/format?indent=x, 400",
    "/api/json/format?mode=magic, 400",
    "/api/json/query, 400",
    "/api/json/query?pointer=a, 400",
    "/api/json/query?pointer=/nowhere, 404",
    "/api/strings/search, 400",
    "/api/strings/search?needle=, 400",
    "/api/json/nothing, 404"
  })
  void refusesBadRequests(String path, int status) {
    assertProblem(this.api.post(path, "{}"), status);
  }

  @Test
  void everyAnswerSaysWhoGaveItOrWasToGiveIt() {
    assertThat(this.api.post("/api/json/format?indent=%ff", "[]").source()).isEqualTo("WASM");
    assertThat(this.api.post("/api/json/format?indent=%ff&mode=java", "[]").source())
        .isEqualTo("FALLBACK");
  }

  @Test
  void theBetterOneOfBothAnswersIfAsked() {
    Answer answer = this.api.post("/api/json/minify?mode=adaptive", "[ ]");
    assertThat(answer.body()).isEqualTo("[]");
    assertThat(answer.source()).isIn("WASM", "JAVA");
  }

  @Test
  void refusesOtherMethods() {
    assertProblem(this.api.get("/api/json/format"), 405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/json/format",
        "/api/json/minify",
        "/api/json/validate",
        "/api/json/query?pointer=",
        "/api/strings/search?needle=a",
        "/api/strings/hash"
      })
  void refusesWhatIsNotUtf8(String path) {
    byte[] bytes = {'"', (byte) 0xc3, (byte) 0x28, '"'};
    assertProblem(this.api.post(path, bytes), 400);
    assertProblem(this.api.post(path + (path.contains("?") ? "&" : "?") + "mode=java", bytes), 400);
  }

  @Test
  void refusesAnEmptyBody() {
    assertProblem(this.api.post("/api/json/format", ""), 400);
  }

  @Test
  void refusesAnOversizedBody() {
    byte[] large = new byte[(16 << 20) + 1];
    assertProblem(this.api.post("/api/json/format", large), 413);
  }

  @Test
  void refusesAnOversizedBodyOfUnknownLength() {
    byte[] large = new byte[(16 << 20) + 1];
    assertProblem(
        this.api.post(
            "/api/json/format",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
        413);
  }

  @Test
  void takesADocumentOfManyMegabytes() {
    String document = "[" + "\"0123456789abcdef\",".repeat(400_000) + "1]";
    Answer answer = this.api.post("/api/json/minify", document);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.source()).isEqualTo("WASM");
    assertThat(answer.body()).isEqualTo(document);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "java"})
  void takesFiveHundredLevels(String mode) {
    String document = "[".repeat(500) + "]".repeat(500);
    assertThat(this.api.post("/api/json/minify?mode=" + mode, document).body()).isEqualTo(document);
    assertThat(this.api.post("/api/json/format?mode=" + mode, document).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "java"})
  void refusesAHundredThousandLevels(String mode) {
    String document = "[".repeat(100_000) + "]".repeat(100_000);
    Answer answer = this.api.post("/api/json/format?mode=" + mode, document);
    assertProblem(answer, 400);
    assertThat(answer.body()).contains("json.depth");
  }

  @Test
  void listsItsModules() {
    this.api.get("/api/greeter?name=Ada");
    Answer answer = this.api.get("/actuator/wasm");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"id\":\"greeter\"", "\"id\":\"json\"", "\"id\":\"strings\"")
        .contains("sha256:", "\"state\":\"READY\"", "jvm-build-time", "\"exports\"", "\"pool\"");
  }

  @Test
  void offersNoActionsToThePublic() {
    String action = "{\"action\":\"disable\"}";
    assertThat(this.api.post("/actuator/wasm/json", "application/json", action).status())
        .isEqualTo(405);
    assertThat(this.api.delete("/actuator/wasm/json/1").status()).isIn(404, 405);
    assertThat(this.api.post("/actuator/wasmprofile", "application/json", "{}").status())
        .isIn(404, 405);
    assertThat(this.api.get("/actuator/wasm/json").body()).contains("\"state\":\"READY\"");
  }

  @Test
  void isHealthy() {
    Answer answer = this.api.get("/actuator/health/wasm");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"greeter\"", "\"hostile\"", "\"json\"", "UP");
  }

  @Test
  void countsCalls() {
    this.api.post("/api/json/format", "[]");
    Answer answer = this.api.get("/actuator/metrics/wasm.calls");
    assertThat(answer.body())
        .contains("\"module\"", "\"operation\"", "\"engine\"", "\"source\"", "\"outcome\"");
  }

  @Test
  void servesItsPage() {
    Answer answer = this.api.get("/");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("WebAssembly in Spring Boot");
  }

  private static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.source()).isIn("WASM", "FALLBACK");
    assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
  }
}
