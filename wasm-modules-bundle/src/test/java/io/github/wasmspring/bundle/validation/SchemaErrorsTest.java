package io.github.wasmspring.bundle.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmOperationException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be used is refused by both sides, with the same code. */
class SchemaErrorsTest {

  private static SchemaSides sides;

  @BeforeAll
  static void start() {
    sides = new SchemaSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  static Stream<Validation> sides() {
    return Stream.of(sides.wasm(), SchemaSides.JAVA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3",
        "null",
        "[]",
        "'x'",
        "{'type':12}",
        "{'type':'strin'}",
        "{'type':[]}",
        "{'type':['string','string']}",
        "{'minLength':-1}",
        "{'minLength':1.5}",
        "{'maxItems':'1'}",
        "{'multipleOf':0}",
        "{'multipleOf':-1}",
        "{'minimum':'1'}",
        "{'required':'a'}",
        "{'required':['a','a']}",
        "{'required':[1]}",
        "{'enum':1}",
        "{'properties':[]}",
        "{'properties':{'a':3}}",
        "{'allOf':[]}",
        "{'allOf':{}}",
        "{'anyOf':[3]}",
        "{'not':3}",
        "{'uniqueItems':1}",
        "{'dependentRequired':{'a':'b'}}",
        "{'dependentSchemas':{'a':['b']}}",
        "{'$id':3}",
        "{'$id':'http://x/y#z'}",
        "{'$anchor':'#a'}",
        "{'$anchor':'1'}",
        "{'$dynamicAnchor':''}",
        "{'$vocabulary':{'http://x/y':1}}",
        "{'$comment':1}",
        "{'$defs':1}",
        "{'$ref':1}",
        "{'$ref':'#/$defs/none'}",
        "{'$ref':'#none'}",
        "{'$ref':'http://example.com/none'}",
        "{'$defs':{'a':{'properties':{'b':{'$ref':'#/no'}}}}}",
        "{'$dynamicRef':'#none'}",
        "{'$schema':'http://example.com/dialect'}",
        "{'$schema':'#'}",
        "{'$schema':'http://x/y','$id':'http://x/y'}",
        "{'$schema':'http://json-schema.org/draft-07/schema#'}",
        "{'pattern':3}",
        "{'pattern':'('}",
        "{'pattern':'a**'}",
        "{'pattern':'[b-a]'}",
        "{'pattern':'[a'}",
        "{'pattern':'a)'}",
        "{'pattern':'\\\\Z'}",
        "{'pattern':'(?i)a'}",
        "{'pattern':'a++'}",
        "{'pattern':'a{2,1}'}",
        "{'pattern':'{1}'}",
        "{'pattern':'(?=a)*'}",
        "{'pattern':'\\\\u12'}",
        "{'patternProperties':{'(':true}}",
        "{'$defs':{'a':{'pattern':'('}}}",
        "{'title':1}",
        "{'examples':1}",
        "{'readOnly':1}",
        "{'format':1}",
        "{'contentSchema':1}",
        "{'definitions':{'a':1}}",
        "{'dependencies':{'a':1}}",
      })
  void aMalformedSchemaIsRefused(String schema) {
    refused("validation.schema", json(schema), "1");
  }

  @Test
  void saysWhereTheSchemaIsMalformed() {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(
            () -> sides.wasm().validateSchema(json("{'anyOf':[true,{'x':0,'minLength':-1}]}"), "1"))
        .withMessageContaining("'/anyOf/1/minLength': must be an integer, zero or above");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a)\\\\1", "\\\\k<a>", "\\\\p{Script=Greek}", "\\\\p{Nope}"})
  void aPatternThatIsNotSupportedIsRefused(String pattern) {
    refused("validation.pattern", "{\"pattern\":\"" + pattern + "\"}", "1");
  }

  @Test
  void groupsMayStandInOneAnotherUpToTheLimit() {
    String schema = "{\"pattern\":\"" + "(".repeat(100) + "a" + ")".repeat(100) + "\"}";
    assertThat(sides.wasm().validateSchema(schema, "\"a\"").valid()).isTrue();
    assertThat(SchemaSides.JAVA.validateSchema(schema, "\"a\"").valid()).isTrue();
    refused("validation.pattern", schema.replace("a", "(a)").replace("p(a)ttern", "pattern"), "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{'a':}", "[1,]", "01", "nul", "'\t'", "1 2"})
  void whatIsNotJsonIsRefused(String text) {
    refused("validation.json", json(text), "1");
    refused("validation.json", "true", json(text));
  }

  @ParameterizedTest
  @MethodSource("sides")
  void saysWhereADocumentIsNotJson(Validation side) {
    assertThatExceptionOfType(WasmOperationException.class)
        .isThrownBy(() -> side.validateSchema("true", "{\"a\":[1,}"))
        .withMessageContaining(
            "the document is not JSON: unexpected '}' where a value was expected at line 1, column 9")
        .satisfies(fault -> assertThat(fault.offset()).isEqualTo(8L));
  }

  @Test
  void nestingTooDeepIsRefused() {
    String deep = "[".repeat(1_001) + "]".repeat(1_001);
    refused("validation.depth", "true", deep);
    refused("validation.depth", deep, "1");
    assertThat(sides.wasm().validateSchema("true", deep.substring(1, 2_001)).valid()).isTrue();
    assertThat(SchemaSides.JAVA.validateSchema("true", deep.substring(1, 2_001)).valid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'$ref':'#'}",
        "{'allOf':[{'$ref':'#'},{'$ref':'#'}]}",
        "{'not':{'$ref':'#'}}",
        "{'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#/$defs/b'},'b':{'$ref':'#/$defs/a'}}}",
        "{'$dynamicRef':'#a','$dynamicAnchor':'a'}",
      })
  void aReferenceToItselfIsFound(String schema) {
    refused("validation.depth", json(schema), "1");
  }

  @Test
  void anotherSchemaThatIsMalformedIsRefused() {
    List<SchemaResource> others = List.of(new SchemaResource("http://x/y", "{\"type\":1}"));
    for (Validation side : List.of(sides.wasm(), SchemaSides.JAVA)) {
      assertThat(SchemaSides.code(() -> side.validateSchemaWith("true", others, "1")))
          .isEqualTo("validation.schema");
    }
  }

  @Test
  void aVocabularyThatIsRequiredAndNotKnownIsRefused() {
    String meta =
        json(
            "{'$schema':'https://json-schema.org/draft/2020-12/schema','$id':'http://x/meta',"
                + "'$vocabulary':{'http://x/vocabulary':true}}");
    List<SchemaResource> others = List.of(new SchemaResource("http://x/meta", meta));
    for (Validation side : List.of(sides.wasm(), SchemaSides.JAVA)) {
      String schema = json("{'$schema':'http://x/meta'}");
      assertThat(SchemaSides.code(() -> side.validateSchemaWith(schema, others, "1")))
          .isEqualTo("validation.schema");
    }
  }

  @ParameterizedTest
  @MethodSource("sides")
  void halfASurrogatePairIsRefused(Validation side) {
    assertThatExceptionOfType(WasmInvalidInputException.class)
        .isThrownBy(() -> side.validateSchema("true", "\"\ud800\""));
  }

  private static void refused(String code, String schema, String document) {
    assertThat(SchemaSides.code(() -> sides.wasm().validateSchema(schema, document)))
        .as("module")
        .isEqualTo(code);
    assertThat(SchemaSides.code(() -> SchemaSides.JAVA.validateSchema(schema, document)))
        .as("fallback")
        .isEqualTo(code);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
