package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.sample.HttpApi.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the panels of the page ask the application. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PanelsTest {

  private static final String KEY = "000102030405060708090a0b0c0d0e0f";

  @LocalServerPort private int port;

  @Autowired private WasmModuleManager manager;

  private final JsonMapper mapper = JsonMapper.shared();
  private HttpApi api;

  @BeforeEach
  void connect() {
    this.api = new HttpApi(this.port);
    this.manager.release("hostile");
  }

  private JsonNode ask(String path, String body) {
    Answer answer = this.api.post(path, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return this.mapper.readTree(answer.body());
  }

  private static void assertRefused(Answer answer, int status, String sentence) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body()).contains(sentence);
  }

  @Test
  void comparesFormatsOfCompression() {
    JsonNode compared = ask("/api/compression/compare?effort=small", "same again ".repeat(500));

    assertThat(compared.get("size").asInt()).isEqualTo(5500);
    assertThat(compared.get("formats").valueStream())
        .hasSize(5)
        .allSatisfy(
            format -> {
              assertThat(format.get("same").asBoolean()).isTrue();
              assertThat(format.get("size").asInt()).isBetween(1, 200);
              assertThat(format.get("source").asString()).isEqualTo("WASM");
              assertThat(format.get("compressMillis").asDouble()).isPositive();
            });
  }

  @Test
  void aFormatThatJavaHasNoLibraryForSpoilsNoOther() {
    JsonNode compared = ask("/api/compression/compare?mode=java", "same again ".repeat(500));

    Map<String, JsonNode> formats =
        compared
            .get("formats")
            .valueStream()
            .collect(Collectors.toMap(format -> format.get("format").asString(), format -> format));
    assertThat(formats.get("lz4").get("problem").asString()).contains("at.yawk.lz4:lz4-java");
    assertThat(formats.get("gzip").get("source").asString()).isEqualTo("FALLBACK");
    assertThat(formats.get("gzip").get("same").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "java"})
  void findsDocumentsByVectorsAndByWords(String mode) {
    String documents = "A red herring\\n\\nSeven lighthouses\\n \\n...\\n\\nThe harbour of Zoë";
    JsonNode found =
        ask(
            "/api/documents/search?mode=" + mode,
            "{\"documents\":\"%s\",\"question\":\"zoe's harbors\"}".formatted(documents));

    assertThat(found.get("documents").asInt()).isEqualTo(3);
    assertThat(found.get("near").get(0).get("text").asString()).isEqualTo("The harbour of Zoë");
    assertThat(found.get("near").get(0).get("score").asDouble()).isBetween(0.3, 1.0);
    assertThat(found.get("words").get(0).toString())
        .isEqualTo("[\"The harbour of \",\"Zoë\",\"\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"documents\":\"tea\",\"question\":\"?!\"}      | Ask with a word",
        "{\"documents\":\"tea\"}                             | Ask with a word",
        "{\"documents\":\" ... \",\"question\":\"tea\"}   | There is no document",
        "{\"question\":\"tea\"}                              | There is no document",
        "[]                                                      | The body is not the JSON"
      })
  void whatCanNotBeSearchedIsRefused(String body, String sentence) {
    assertRefused(this.api.post("/api/documents/search", body), 400, sentence);
  }

  @Test
  void documentsAndQuestionsHaveLimits() {
    String many = "tea\\n\\n".repeat(1001);
    assertRefused(search(many, "tea"), 400, "1,000 documents at most");
    assertRefused(search("tea ".repeat(60_000), "tea"), 400, "200,000 characters at most");
    assertRefused(search("tea", "tea ".repeat(300)), 400, "1,000 characters at most");
    assertThat(search("tea", "tea OR \\\" NEAR( ".repeat(40)).status()).isEqualTo(200);
  }

  private Answer search(String documents, String question) {
    return this.api.post(
        "/api/documents/search",
        "{\"documents\":\"%s\",\"question\":\"%s\"}".formatted(documents, question));
  }

  @Test
  void hashesLikeOtherTools() {
    Map<String, String> hashes =
        ask("/api/hashes", "The quick brown fox jumps over the lazy dog")
            .valueStream()
            .collect(
                Collectors.toMap(
                    row -> row.get("algorithm").asString(), row -> row.get("hex").asString()));
    assertThat(hashes)
        .hasSize(16)
        .containsEntry("CRC-32", "414fa339")
        .containsEntry("MD5", "9e107d9d372bb6826bd81d3542a419d6")
        .containsEntry("SHA-1", "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12")
        .containsEntry(
            "SHA-256", "d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592")
        .containsEntry("xxHash64", "0b242d361fda71bc");
  }

  @Test
  void whatIsSealedOpensInTheJdkToo() throws Exception {
    JsonNode sealed =
        ask(
            "/api/crypto/seal",
            "{\"key\":\"%s\",\"text\":\"Zoë\",\"label\":\"for Ada\"}".formatted(KEY));

    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(HexFormat.of().parseHex(KEY), "AES"),
        new GCMParameterSpec(128, HexFormat.of().parseHex(sealed.get("nonce").asString())));
    cipher.updateAAD("for Ada".getBytes(StandardCharsets.UTF_8));
    byte[] text = cipher.doFinal(HexFormat.of().parseHex(sealed.get("sealed").asString()));

    assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo("Zoë");
  }

  @Test
  void whatWasChangedIsNotOpened() {
    JsonNode sealed = ask("/api/crypto/seal", "{\"key\":\"%s\",\"text\":\"noon\"}".formatted(KEY));
    String letter =
        "{\"key\":\"%s\",\"nonce\":\"%s\",\"sealed\":\"%s\",\"label\":\"%s\"}"
            .formatted(KEY, sealed.get("nonce").asString(), sealed.get("sealed").asString(), "%s");

    assertThat(ask("/api/crypto/open", letter.formatted("")).get("text").asString())
        .isEqualTo("noon");
    assertRefused(this.api.post("/api/crypto/open", letter.formatted("x")), 400, "crypto.tag");
  }

  @Test
  void signs() {
    assertThat(
            ask(
                    "/api/crypto/hmac",
                    "{\"key\":\"4a656665\",\"text\":\"what do ya want for nothing?\"}")
                .get("hmac")
                .asString())
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void tellsWhatATextIs() {
    Map<String, Boolean> formats =
        ask("/api/validation/formats", "2026-02-28")
            .valueStream()
            .collect(
                Collectors.toMap(
                    row -> row.get("format").asString(),
                    row -> row.at("/verdict/valid").asBoolean()));
    assertThat(formats)
        .hasSize(15)
        .containsEntry("date", true)
        .containsEntry("UUID", false)
        .containsEntry("URL", false);
  }

  @Test
  void checksADocumentAgainstASchema() {
    JsonNode report =
        ask(
            "/api/validation/schema",
            "{\"schema\":\"{\\\"required\\\":[\\\"a\\\"]}\",\"document\":\"{}\"}");
    assertThat(report.get("valid").asBoolean()).isFalse();
    assertThat(report.at("/violations/0/keyword").asString()).isEqualTo("required");
  }

  @Test
  void findsWhichBytesDiffer() {
    JsonNode found =
        ask("/api/memory/differences", "{\"before\":\"abcdef\",\"after\":\"abXdeY\",\"gap\":0}");
    assertThat(found.get("ranges").toString()).isEqualTo("[2,3,5,6]");
    assertThat(found.get("order").asInt()).isOne();
  }

  @Test
  void findsTheToneInASignal() {
    int samples = 256;
    String signal =
        IntStream.range(0, samples)
            .mapToObj(i -> Double.toString(3 * Math.sin(2 * Math.PI * 17 * i / samples)))
            .collect(Collectors.joining(","));

    JsonNode spectrum = ask("/api/compute/spectrum", "{\"samples\":[" + signal + "]}");

    assertThat(spectrum.get("amplitudes").size()).isEqualTo(129);
    assertThat(spectrum.at("/amplitudes/17").asDouble()).isCloseTo(3, within(1e-9));
    assertThat(spectrum.at("/amplitudes/16").asDouble()).isCloseTo(0, within(1e-9));
    assertThat(spectrum.at("/statistics/count").asInt()).isEqualTo(samples);
  }

  @Test
  void findsClusters() {
    JsonNode found =
        ask("/api/compute/clusters", "{\"points\":[0,0,0,1,9,9,9,8],\"clusters\":2,\"seed\":1}");
    JsonNode nearest = found.get("nearest");
    assertThat(nearest.get(0)).isEqualTo(nearest.get(1)).isNotEqualTo(nearest.get(2));
    assertThat(found.get("centroids").size()).isEqualTo(4);
  }

  @Test
  void multipliesMatrices() {
    assertThat(
            ask("/api/matrix/product", "{\"a\":[[1,2],[3,4],[5,6]],\"b\":[[7,8,9],[10,11,12]]}")
                .get("product")
                .toString())
        .isEqualTo("[[27.0,30.0,33.0],[61.0,68.0,75.0],[95.0,106.0,117.0]]");
  }

  @Test
  void racersGiveTheSameAnswer() {
    assertThat(ask("/api/matrix/race?size=48", "").valueStream())
        .hasSize(3)
        .allSatisfy(
            run -> {
              assertThat(run.get("same").asBoolean()).isTrue();
              assertThat(run.get("millis").asDouble()).isPositive();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "loop, TIMEOUT",
    "memory, TRAP",
    "recursion, STACK_OVERFLOW",
    "spying, TRAP",
    "trap, TRAP"
  })
  void stopsTheHostileModule(String deed, String category) {
    JsonNode outcome = ask("/api/hostile/" + deed, "");

    assertThat(outcome.get("stoppedBy").asString()).isEqualTo(category);
    assertThat(outcome.get("message").asString()).isNotEmpty();
    assertThat(outcome.get("mostMemory").asLong()).isBetween(65536L, 4L << 20);
    assertThat(outcome.get("discarded").asInt()).isOne();
    assertThat(outcome.at("/neighbours/asked").asInt()).isPositive();
    assertThat(outcome.at("/neighbours/answered")).isEqualTo(outcome.at("/neighbours/asked"));
  }

  @Test
  void theHostileModuleGetsNoMoreMemoryThanItMayHave() {
    assertThat(ask("/api/hostile/memory", "").get("mostMemory").asLong())
        .isBetween(65536L, 4L << 20);
  }

  @Test
  void whatFailsAgainAndAgainIsPutInQuarantine() {
    for (int i = 0; i < 10; i++) {
      ask("/api/hostile/trap", "");
    }
    JsonNode outcome = ask("/api/hostile/trap", "");
    assertThat(outcome.get("stoppedBy").asString()).isEqualTo("QUARANTINED");
    assertThat(outcome.get("discarded").asInt()).isZero();
  }

  @Test
  void theHostileModuleDoesNotTakeTheApplicationDown() {
    ask("/api/hostile/recursion", "");
    assertThat(this.api.get("/actuator/health").body()).contains("\"status\":\"UP\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/crypto/seal",
        "/api/crypto/open",
        "/api/crypto/hmac",
        "/api/validation/schema",
        "/api/memory/differences",
        "/api/compute/spectrum",
        "/api/compute/clusters",
        "/api/matrix/product"
      })
  void refusesWhatIsNoJson(String path) {
    for (String body : Arrays.asList("", "{", "null", "[]", "{\"key\":{}")) {
      Answer answer = this.api.post(path, body);
      assertRefused(answer, 400, "\"detail\":\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/api/crypto/seal | {\"key\":\"0g\"} | pairs of hexadecimal digits",
        "/api/crypto/seal | {\"key\":\"00\",\"text\":\"\"} | crypto.key",
        "/api/compute/spectrum | {\"samples\":[]} | 1 to 65536 numbers",
        "/api/compute/spectrum | {\"samples\":[1e999]} | must be finite",
        "/api/compute/clusters | {\"points\":[1],\"clusters\":1} | pairs of numbers",
        "/api/compute/clusters | {\"points\":[1,2],\"clusters\":2} | no more than there are points",
        "/api/matrix/product | {\"a\":[[1,2]],\"b\":[[1]]} | 'a' has 2 columns and 'b' has 1 rows",
        "/api/matrix/product | {\"a\":[[1],[1,2]],\"b\":[[1]]} | must have the same length",
        "/api/matrix/product | {\"a\":[[]],\"b\":[[1]]} | 1 to 384 numbers",
        "/api/matrix/race?size=100000 | x | 1 to 384",
        "/api/compression/compare?effort=endless | x | effort",
        "/api/validation/schema | {\"schema\":\"{\"} | 'document'",
        "/api/validation/schema | {\"schema\":\"{\",\"document\":\"1\"} | validation.json"
      })
  void refusesWithASentence(String path, String body, String sentence) {
    assertRefused(this.api.post(path, body), 400, sentence);
  }

  @Test
  void refusesAnUnknownDeed() {
    assertRefused(this.api.post("/api/hostile/poison", ""), 400, "poison");
  }

  @Test
  void refusesTooMuchToCompress() {
    assertRefused(
        this.api.post("/api/compression/compare", new byte[(1 << 20) + 1]), 413, "1048576 bytes");
  }

  @Test
  void refusesATextThatIsTooLongForAnyFormat() {
    assertRefused(this.api.post("/api/validation/formats", new byte[70_000]), 413, "65536 bytes");
  }
}
