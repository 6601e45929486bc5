package io.github.wasmspring.bundle.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmResult;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What reports say, numbers, patterns and sessions. */
class SchemaModuleTest {

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
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {'type':['string','null']}; 1.5; type; number, expected string or null
          {'minimum':1e400}; 12; minimum; 12, expected at least 1e400
          {'exclusiveMaximum':3}; 3.00; exclusiveMaximum; 3.00, expected less than 3
          {'multipleOf':0.1}; 0.35; multipleOf; 0.35 is not a multiple of 0.1
          {'maxLength':1}; '😀😀'; maxLength; 2 characters, expected at most 1
          {'minItems':2}; []; minItems; 0 elements, expected at least 2
          {'maxProperties':0}; {'a':1}; maxProperties; 1 members, expected at most 0
          {'pattern':'^a'}; 'b'; pattern; does not match the pattern '^a'
          {'required':['a']}; {}; required; the member 'a' is missing
          {'dependentRequired':{'a':['b']}}; {'a':1}; dependentRequired; the member 'b' is missing
          {'additionalProperties':false}; {'a':1}; additionalProperties; the member 'a' is not allowed: only listed members are
          {'unevaluatedProperties':false}; {'a':1}; unevaluatedProperties; the member 'a' is not allowed: nothing speaks of it
          {'propertyNames':{'maxLength':0}}; {'a':1}; propertyNames; the name 'a' is not allowed for a member
          {'items':false}; [1]; items; 1 elements, expected at most 0
          {'unevaluatedItems':false}; [1]; unevaluatedItems; the element 0 is not allowed: nothing speaks of it
          {'uniqueItems':true}; [1,2,1.0]; uniqueItems; the elements 0 and 2 are equal
          {'contains':{'type':'null'}}; [1]; contains; 0 elements satisfy the schema, expected at least 1
          {'const':1}; 2; const; differs from the only value that is allowed
          {'enum':[1,2]}; 3; enum; is none of the 2 values that are allowed
          {'not':{}}; 1; not; satisfies the schema that it must not satisfy
          {'oneOf':[true,true]}; 1; oneOf; more than one of the 2 schemas is satisfied, expected exactly one
          false; 1; false; nothing is allowed here
          """)
  void saysWhatWasFoundAndWhatWasExpected(
      String schema, String document, String keyword, String message) {
    SchemaReport report = sides.wasm().validateSchema(json(schema), json(document));
    assertThat(report.violations()).hasSize(1);
    assertThat(report.violations().get(0).keyword()).isEqualTo(keyword);
    assertThat(report.violations().get(0).message()).isEqualTo(message);
  }

  @Test
  void theExampleOfTheDocumentationHolds() {
    String schema = "{'items': {'$ref': '#/$defs/name'}, '$defs': {'name': {'maxLength': 3}}}";
    assertThat(sides.wasm().validateSchema(json(schema), json("['Ada', 'Grace']")).violations())
        .containsExactly(
            new SchemaViolation(
                "/1", "/items/$ref/maxLength", "maxLength", "5 characters, expected at most 3"));
  }

  @ParameterizedTest
  @MethodSource("sides")
  void saysWhereInTheDocumentAndHowItCameThere(Validation side) {
    String schema =
        "{'properties':{'a/b':{'items':{'$ref':'#/$defs/~0x'}}},'$defs':{'~x':{'type':'string'}}}";
    SchemaReport report = side.validateSchema(json(schema), json("{'a/b':['x',1,'\\n',2]}"));
    assertThat(SchemaSides.places(report))
        .containsExactly(
            "/a~1b/1 /properties/a~1b/items/$ref/type type",
            "/a~1b/3 /properties/a~1b/items/$ref/type type");
  }

  @ParameterizedTest
  @MethodSource("sides")
  void aReportHoldsAHundredViolations(Validation side) {
    String schema = json("{'items':{'type':'string'}}");
    assertThat(side.validateSchema(schema, array(100)).truncated()).isFalse();
    SchemaReport report = side.validateSchema(schema, array(101));
    assertThat(report.valid()).isFalse();
    assertThat(report.truncated()).isTrue();
    assertThat(report.violations()).hasSize(100);
  }

  @ParameterizedTest
  @MethodSource("sides")
  void namesWithHalfASurrogatePairOrControlCharactersAreTold(Validation side) {
    String document = json("{'\\ud800\\n\\u0001\\\"':1}");
    SchemaReport report =
        side.validateSchema(json("{'additionalProperties':{'type':'null'}}"), document);
    assertThat(report.violations().get(0).instanceLocation()).isEqualTo("/\ud800\n\u0001\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {"const":1}; 1.0; true
          {"const":100}; 1e2; true
          {"const":0}; -0.0; true
          {"const":9007199254740993}; 9007199254740992; false
          {"type":"integer"}; 1e2; true
          {"type":"integer"}; 12.50e1; true
          {"type":"integer"}; 1.5; false
          {"type":"integer"}; 123456789012345678901234567890.0; true
          {"maximum":0.1}; 0.10000000000000000000000000000001; false
          {"minimum":-1e-400}; -1e-401; true
          {"minimum":-1e-401}; -1e-400; false
          {"multipleOf":0.01}; 19.99; true
          {"multipleOf":1e-8}; 12391239123; true
          {"multipleOf":7}; 12345678901234567890123456788; false
          {"multipleOf":7}; 12345678901234567890123456789; true
          {"multipleOf":7}; 700000000000000000000000000000000; true
          {"multipleOf":123456789012345678901}; 1234567890123456789010; true
          {"multipleOf":123456789012345678901}; 1234567890123456789011; false
          {"multipleOf":3}; 1e300; false
          {"multipleOf":1024}; 1e10; true
          {"multipleOf":1024}; 1e9; false
          {"uniqueItems":true}; [1,"1",true,[1],{"a":1},{"a":1.5}]; true
          {"uniqueItems":true}; [{"a":1,"b":2},{"b":2.0,"a":1}]; false
          {"minLength":2}; "é"; false
          {"maxLength":1}; "\\ud83d\\ude00"; true
          {"enum":[{"a":[1.0]}]}; {"a":[1]}; true
          {"maxItems":1.0}; [1]; true
          """)
  void numbersAndValuesAreComparedByWhatTheyMean(String schema, String document, boolean valid) {
    assertThat(sides.wasm().validateSchema(schema, document).valid()).as("module").isEqualTo(valid);
    assertThat(SchemaSides.JAVA.validateSchema(schema, document).valid())
        .as("fallback")
        .isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          ^a$; a\\n; false
          ^.$; 😀; true
          a.b; a\\u0085b; true
          a.b; a\\u2028b; false
          ^\\\\s$; \\u00a0; true
          ^\\\\S$; \\ufeff; false
          ^\\\\w$; é; false
          ^\\\\d$; ٣; false
          ^\\\\p{L}+$; aéж日; true
          ^\\\\p{Letter}+$; a1; false
          ^\\\\p{Lu}\\\\p{Ll}$; Éa; true
          ^\\\\P{Lu}$; E; false
          ^\\\\p{gc=Nd}$; ٣; true
          ^\\\\p{Any}$; x; true
          ^\\\\P{Any}$; x; false
          ^[\\\\p{Nd}\\\\-]+$; 1-2; true
          ^[^\\\\S]$; \\t; true
          ^[^\\\\Sa]$; a; false
          ^[&&a]$; &; true
          ^[a[]$; [; true
          \\\\bé; é; false
          \\\\Bé; é; true
          (?<=a)b; ab; true
          (?<!a)b; ab; false
          (?<=^.{2})c; abc; true
          ^(?=.*[0-9])(?=.*[a-z]).{4,}$; a1bc; true
          ^(?=.*[0-9])(?=.*[a-z]).{4,}$; abcd; false
          (?=.*a).b; xxbxxa; true
          ^(a|ab)(c|bcd)$; abcd; true
          ^(?<year>[0-9]{4})$; 2026; true
          ^\\\\u{1F600}$; 😀; true
          ^\\\\uD83D\\\\uDE00$; 😀; true
          ^\\\\cJ$; \\n; true
          ^[\\\\b]$; \\b; true
          ^(?:a*)*$; aaaa; true
          ^(?:a?){3}b$; b; true
          []; a; false
          ^[^]$; \\n; true
          ^\\\\/$; /; true
          """)
  void patternsAreThoseOfEcmascript(String pattern, String text, boolean matches) {
    String schema = "{\"pattern\":\"" + pattern + "\"}";
    String document = "\"" + text + "\"";
    assertThat(sides.wasm().validateSchema(schema, document).valid())
        .as("module")
        .isEqualTo(matches);
    assertThat(SchemaSides.JAVA.validateSchema(schema, document).valid())
        .as("fallback")
        .isEqualTo(matches);
  }

  @Test
  void nestedRepetitionTakesNoExponentialTime() {
    String document = "\"" + "a".repeat(20_000) + "b\"";
    for (String pattern : List.of("^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^((?=a)a*)*$", "(x+x+)+y")) {
      String schema = "{\"pattern\":\"" + pattern + "\"}";
      assertThat(sides.wasm().validateSchema(schema, document).valid()).isFalse();
    }
  }

  @Test
  void aPatternTooLargeOrTooCostlyIsRefused() {
    String large = json("{'pattern':'(a{100}){101}'}");
    assertThat(SchemaSides.code(() -> sides.wasm().validateSchema(large, "1")))
        .isEqualTo("validation.pattern");
    String costly = json("{'pattern':'(a{100}){90}'}");
    String document = "\"" + "a".repeat(100_000) + "\"";
    assertThat(SchemaSides.code(() -> sides.wasm().validateSchema(costly, document)))
        .isEqualTo("validation.pattern");
  }

  @Test
  void manyElementsAreComparedWithoutComparingAllWithAll() {
    String numbers =
        IntStream.range(0, 30_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String schema = json("{'uniqueItems':true}");
    assertThat(sides.wasm().validateSchema(schema, "[" + numbers + "]").valid()).isTrue();
    assertThat(sides.wasm().validateSchema(schema, "[" + numbers + ",77]").valid()).isFalse();
  }

  @Test
  void deepValuesAreCompared() {
    String deep = "[".repeat(998) + "]".repeat(998);
    String document = "[" + deep + "," + deep + "]";
    assertThat(sides.wasm().validateSchema(json("{'uniqueItems':true}"), document).valid())
        .isFalse();
    assertThat(sides.wasm().validateSchema("{\"const\":" + deep + "}", deep).valid()).isTrue();
  }

  @Test
  void whatDoesNotFitIntoTheMemoryIsRefused() {
    String document = "[" + "1,".repeat(8_000_000) + "1]";
    assertThat(SchemaSides.code(() -> sides.wasm().validateSchema("true", document)))
        .isEqualTo("validation.memory");
    // And the session still works.
    assertThat(sides.wasm().validateSchema("true", "1").valid()).isTrue();
  }

  @Test
  void longNamesDoNotMakeAReportLong() {
    String name = "\"" + "n".repeat(1_000_000) + "\"";
    String values = "1,".repeat(49) + "1";
    SchemaReport report =
        sides
            .wasm()
            .validateSchema(
                json("{'additionalProperties':{'items':false,'prefixItems':[")
                    + "false,".repeat(49)
                    + json("false]}}"),
                "{" + name + ":[" + values + "]}");
    assertThat(report.valid()).isFalse();
    assertThat(report.truncated()).isTrue();
    assertThat(report.violations()).hasSizeBetween(1, 8);
  }

  @Test
  void schemasOrNumbersThatAreTooLargeAreRefused() {
    String schema = json("{'title':'") + "x".repeat(9 << 20) + json("'}");
    assertThat(SchemaSides.code(() -> sides.wasm().validateSchema(schema, "1")))
        .isEqualTo("validation.limit");
    String number = "1".repeat(100_001);
    assertThat(SchemaSides.code(() -> sides.wasm().validateSchema("true", number)))
        .isEqualTo("validation.limit");
    assertThat(SchemaSides.code(() -> SchemaSides.JAVA.validateSchema("true", number)))
        .isEqualTo("validation.limit");
  }

  @ParameterizedTest
  @CsvSource({"items", "contains", "anyOf", "allOf", "oneOf", "not"})
  void schemasMayBeAppliedUpToTheLimit(String keyword) {
    boolean list = keyword.endsWith("Of");
    String open = "{\"" + keyword + "\":" + (list ? "[" : "");
    String close = (list ? "]" : "") + "}";
    String schema = open.repeat(199) + "{}" + close.repeat(199);
    String document = "[".repeat(199) + "]".repeat(199);
    assertThat(SchemaSides.code(() -> sides.wasm().validateSchema(schema, document))).isEmpty();
    String deeper = open.repeat(200) + "{}" + close.repeat(200);
    String documentForDeeper = "[".repeat(201) + "]".repeat(201);
    assertThat(SchemaSides.code(() -> sides.wasm().validateSchema(deeper, documentForDeeper)))
        .isEqualTo("validation.depth");
  }

  @Test
  void aSessionKeepsItsSchemas() {
    SchemaSession session = sides.session().bind(SchemaSession.class);
    int one = session.compileSchema(json("{'type':'string'}"), List.of()).handle();
    List<SchemaResource> others =
        List.of(new SchemaResource("http://x/y", json("{'type':'null'}")));
    int two = session.compileSchema(json("{'$ref':'http://x/y'}"), others).handle();
    assertThat(session.validateCompiled(one, json("'a'")).valid()).isTrue();
    assertThat(session.validateCompiled(two, json("'a'")).valid()).isFalse();
    assertThat(session.validateCompiled(two, "null").valid()).isTrue();
    session.releaseSchema(one);
    assertThat(session.validateCompiled(two, "null").valid()).isTrue();
    session.releaseSchema(two);
    for (int handle : new int[] {one, two, 0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThat(SchemaSides.code(() -> session.validateCompiled(handle, "1")))
          .isEqualTo("validation.handle");
      assertThat(SchemaSides.code(() -> session.releaseSchema(handle)))
          .isEqualTo("validation.handle");
    }
  }

  @Test
  void manySchemasNeedNoMoreMemoryThanOne() {
    SchemaSession session = sides.session().bind(SchemaSession.class);
    String schema = json("{'$ref':'https://json-schema.org/draft/2020-12/schema'}");
    long size = 0;
    for (int i = 0; i < 200; i++) {
      int handle = session.compileSchema(schema, List.of()).handle();
      assertThat(session.validateCompiled(handle, json("{'minLength':-1}")).valid()).isFalse();
      session.releaseSchema(handle);
      if (i == 10) {
        size = sides.session().memory().size();
      }
    }
    assertThat(sides.session().memory().size()).isEqualTo(size);
  }

  @WasmModule("validation")
  interface Results {

    WasmResult<SchemaReport> validateSchema(String schema, String document);
  }

  @Test
  void pooledInstancesAnswerTheSameAgainAndAgain() {
    Results results = sides.runtime().manager().bind(Results.class);
    for (int i = 0; i < 100; i++) {
      WasmResult<SchemaReport> result = results.validateSchema("{\"minimum\":50}", "" + i);
      assertThat(result.source()).hasToString("WASM");
      assertThat(result.value().valid()).isEqualTo(i >= 50);
    }
  }

  private static String array(int count) {
    return IntStream.range(0, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
