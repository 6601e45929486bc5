package io.github.wasmspring.bundle.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.bundle.json.JsonDocuments.Corner;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The module against its Java fallback, and both against Jackson in strict mode. */
class JsonModuleTest {

  private static final int GENERATED = 100_000;

  /** What Jackson limits beyond RFC 8259 is set to the limits of the module. */
  private static final JsonMapper JACKSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(1000)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static WasmRuntime runtime;
  private static WasmModuleManager manager;
  private static Json json;

  @BeforeAll
  static void start() {
    runtime = WasmRuntime.withInstalledModules();
    manager = runtime.manager();
    json = manager.bind(Json.class);
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @Test
  void everyCornerCaseIsAcceptedOrRefusedAsItMust() {
    for (Corner corner : JsonDocuments.corners()) {
      assertThat(bothAccept(corner.json())).as(corner.name()).isEqualTo(corner.valid());
    }
  }

  @Test
  void everyCornerCaseIsAcceptedOrRefusedAsJacksonDoes() {
    for (Corner corner : JsonDocuments.corners()) {
      text(corner.json())
          .ifPresent(
              text ->
                  assertThat(bothAccept(corner.json()))
                      .as(corner.name())
                      .isEqualTo(jacksonAccepts(text)));
    }
  }

  @Test
  void moduleAndFallbackAndJacksonAgreeOnGeneratedDocuments() {
    Random random = new Random(20261120);
    int valid = 0;
    for (int i = 0; i < GENERATED; i++) {
      byte[] document = JsonDocuments.random(random);
      if (i % 2 == 1) {
        document = JsonDocuments.mutate(document, random);
      }
      boolean accepted = bothAccept(document);
      Optional<String> text = text(document);
      assertThat(accepted)
          .as("%s", new String(document, StandardCharsets.UTF_8))
          .isEqualTo(text.map(JsonModuleTest::jacksonAccepts).orElse(false));
      if (text.isPresent()) {
        assertSameAnswers(text.get(), JsonDocuments.pointer(random));
      }
      valid += accepted ? 1 : 0;
    }
    assertThat(valid).isBetween(GENERATED / 4, GENERATED * 3 / 4);
  }

  @Test
  void formattingKeepsTheTree() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      String document = text(JsonDocuments.random(random)).orElseThrow();
      JsonNode tree = JACKSON.readTree(withoutMark(document));
      assertThat(JACKSON.readTree(json.format(document, 3, true))).isEqualTo(tree);
      assertThat(JACKSON.readTree(json.minify(document))).isEqualTo(tree);
      assertThat(JACKSON.readTree(json.query(document, ""))).isEqualTo(tree);
    }
  }

  @Test
  void numbersAndEscapesStayAsTheyWereWritten() {
    String document = "[1e400,-0,0.10,123456789012345678901234567890,\"\\u00E9\\/\\ud800\"]";
    assertThat(json.minify(document)).isEqualTo(document);
  }

  @Test
  void parsesIntoATree() {
    assertThat(json.parse("{\"a\":1,\"b\":[true],\"a\":2}"))
        .isEqualTo(JACKSON.readTree("{\"a\":2,\"b\":[true]}"));
  }

  @Test
  void saysWhereADocumentIsWrong() {
    assertThat(json.validate("{\r\n\"é\": tru}"))
        .isEqualTo(JavaJson.validate("{\r\n\"é\": tru}"))
        .satisfies(
            wrong -> {
              assertThat(wrong.valid()).isFalse();
              assertThat(wrong.line()).isEqualTo(2);
              assertThat(wrong.message()).isNotBlank();
            });
  }

  @Test
  void errorsOfTheGuestAreNotHiddenByTheFallback() {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(() -> json.format("[1,]", 2, false))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo("json.syntax");
              assertThat(failure.offset()).isEqualTo(3);
              assertThat(failure.engine()).startsWith("jvm");
            });
  }

  @Test
  void halfASurrogatePairIsRefusedByBoth() {
    for (WasmExecutionMode mode : WasmExecutionMode.values()) {
      assertThatExceptionOfType(WasmInvalidInputException.class)
          .isThrownBy(() -> call("minify", "\"\ud800\"", mode, Map.of()))
          .withMessageContaining("index 1");
    }
  }

  @Test
  void treesDeeperThanJacksonAllowsAreRefusedCleanly() {
    String document = "[".repeat(900) + "]".repeat(900);
    assertThat(json.minify(document)).isEqualTo(document);
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(() -> json.parse(document))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo("json.limit"));
  }

  @Test
  void aHundredThousandMembersAreSorted() {
    String document = new String(JsonDocuments.members(100_000, 1000), StandardCharsets.UTF_8);
    assertSameAnswer("format", document, Map.of("indent", 1, "sortKeys", true));
  }

  private static boolean bothAccept(byte[] document) {
    WasmResult<JsonValidation> wasm;
    try {
      wasm = validate(document, WasmExecutionMode.WASM);
    } catch (WasmInvalidInputException notUtf8) {
      assertThat(text(document)).isEmpty();
      return false;
    }
    assertThat(wasm.source()).isEqualTo(WasmSource.WASM);
    WasmResult<JsonValidation> java = validate(document, WasmExecutionMode.JAVA);
    assertThat(java.source()).isEqualTo(WasmSource.FALLBACK);
    assertThat(wasm.value()).isEqualTo(java.value());
    return wasm.value().valid();
  }

  private static WasmResult<JsonValidation> validate(byte[] document, WasmExecutionMode mode) {
    return manager
        .module("json")
        .operation("validate")
        .input(document)
        .mode(mode)
        .retrieve(JsonValidation.class);
  }

  private static void assertSameAnswers(String document, String pointer) {
    assertSameAnswer("minify", document, Map.of());
    assertSameAnswer("format", document, Map.of("indent", 2));
    assertSameAnswer("format", document, Map.of("indent", 1, "sortKeys", true));
    assertSameAnswer("query", document, Map.of("pointer", pointer));
  }

  private static void assertSameAnswer(String operation, String document, Map<String, ?> options) {
    assertThat(call(operation, document, WasmExecutionMode.WASM, options))
        .as("%s %s of %s", operation, options, document)
        .isEqualTo(call(operation, document, WasmExecutionMode.JAVA, options));
  }

  /** The answer, or the error with everything that a caller can see of it. */
  private static Object call(
      String operation, String document, WasmExecutionMode mode, Map<String, ?> options) {
    try {
      return manager
          .module("json")
          .operation(operation)
          .input(document)
          .options(options)
          .mode(mode)
          .retrieve(String.class)
          .value();
    } catch (WasmOperationException error) {
      return error.code() + "|" + error.detail() + "|" + error.offset();
    } catch (WasmException failure) {
      throw failure;
    }
  }

  /** Reads token by token, so that no number has to fit a Java type. */
  private static boolean jacksonAccepts(String document) {
    try (JsonParser parser = JACKSON.createParser(withoutMark(document))) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException refused) {
      return false;
    }
  }

  /** Jackson drops a byte order mark from bytes, but not from text. */
  private static String withoutMark(String document) {
    return document.startsWith("\ufeff") ? document.substring(1) : document;
  }

  private static Optional<String> text(byte[] document) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }
}
