package io.github.wasmspring.bundle.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmOperationException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever comes in, the module answers with a report or with one of its codes. */
class SchemaHostileTest {

  private static final Set<String> CODES =
      Set.of(
          "validation.json",
          "validation.schema",
          "validation.pattern",
          "validation.depth",
          "validation.limit");

  private static final String[] SHARDS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "0",
    "-1",
    "1e9",
    ".5",
    "true",
    "false",
    "null",
    "\"type\"",
    "\"$ref\"",
    "\"#\"",
    "\"#/\"",
    "\"$id\"",
    "\"http://a/b#c\"",
    "\"properties\"",
    "{}",
    "[]",
    "\"items\"",
    "\"allOf\"",
    "\"pattern\"",
    "\"(a*)*\"",
    "\"[\"",
    "\"\\\\p{L}\"",
    "é",
    "😀",
    "\u0000",
    " ",
    "\"$defs\"",
    "\"$dynamicRef\"",
    "\"enum\"",
    "\"multipleOf\"",
    "\"not\"",
    "1e999999999",
  };

  private static final String[] PATTERN_SHARDS = {
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "*",
    "+",
    "?",
    "|",
    "^",
    "$",
    ".",
    "\\",
    "a",
    "b",
    "-",
    ",",
    "1",
    "2",
    "(?=",
    "(?!",
    "(?<=",
    "(?<!",
    "(?:",
    "(?<n>",
    "\\d",
    "\\s",
    "\\S",
    "\\w",
    "\\b",
    "\\p{L}",
    "\\u",
    "\\x4",
    "\\u{1f600}",
    "\\c",
    "é",
    "😀",
    "[^",
    "a-z",
    "{2}",
    "{0,3}",
    "{,",
    "&&",
  };

  private static SchemaSides sides;

  @BeforeAll
  static void start() {
    sides = new SchemaSides();
  }

  @AfterAll
  static void stop() {
    sides.close();
  }

  @Test
  void randomTextIsAnswered() {
    Random random = new Random(20261121);
    for (int i = 0; i < 10_000; i++) {
      String schema = text(random, SHARDS, 12);
      String document = text(random, SHARDS, 6);
      sound(sides.wasm(), schema, i % 2 == 0 ? "{\"a\":[1]}" : document);
    }
  }

  @Test
  void schemasAndDocumentsThatWereCutOrChangedAreAnswered() {
    Random random = new Random(20261122);
    SchemaGenerator schemas = new SchemaGenerator(random);
    for (int i = 0; i < 1_000; i++) {
      String schema = schemas.schema();
      String document = schemas.document();
      sound(sides.wasm(), broken(schema, random), document);
      sound(sides.wasm(), schema, broken(document, random));
    }
  }

  @Test
  void moduleAndFallbackAgreeOnWhatIsBroken() {
    Random random = new Random(20261123);
    SchemaGenerator schemas = new SchemaGenerator(random);
    for (int i = 0; i < 300; i++) {
      String schema = i % 3 == 0 ? schemas.schema() : broken(schemas.schema(), random);
      String document = schemas.document();
      assertThat(outcome(sides.wasm(), schema, document))
          .as("%s of %s", document, schema)
          .isEqualTo(outcome(SchemaSides.JAVA, schema, document));
    }
  }

  @Test
  void moduleAndFallbackAgreeOnRandomPatterns() {
    Random random = new Random(20261124);
    for (int i = 0; i < 5_000; i++) {
      String pattern = text(random, PATTERN_SHARDS, 7);
      String schema = "{\"pattern\":" + quoted(pattern) + "}";
      String document =
          quoted(text(random, new String[] {"a", "b", "1", " ", "-", "é", "😀", "\n"}, 6));
      String expected = outcome(SchemaSides.JAVA, schema, document);
      String answer = outcome(sides.wasm(), schema, document);
      // Java can't look behind without knowing how far.
      if (!(expected.equals("validation.pattern") && pattern.contains("(?<"))) {
        assertThat(answer).as("%s of %s", document, pattern).isEqualTo(expected);
      }
    }
  }

  private static String outcome(Validation side, String schema, String document) {
    try {
      return String.join("\n", SchemaSides.places(side.validateSchema(schema, document)));
    } catch (WasmOperationException fault) {
      return fault.code();
    }
  }

  private static void sound(Validation side, String schema, String document) {
    try {
      SchemaReport report = side.validateSchema(schema, document);
      assertThat(report.violations().isEmpty()).isEqualTo(report.valid());
    } catch (WasmOperationException fault) {
      assertThat(CODES).contains(fault.code());
    }
  }

  private static String text(Random random, String[] shards, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      text.append(shards[random.nextInt(shards.length)]);
    }
    return text.toString();
  }

  /** Cuts the end off, changes a character, or puts a piece of the text somewhere else. */
  private static String broken(String text, Random random) {
    int at = random.nextInt(text.length());
    int other = random.nextInt(text.length());
    String result =
        switch (random.nextInt(4)) {
          case 0 -> text.substring(0, at);
          case 1 ->
              text.substring(0, at) + (char) (32 + random.nextInt(95)) + text.substring(at + 1);
          case 2 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 3));
          default ->
              text.substring(0, at)
                  + text.substring(Math.min(at, other), Math.max(at, other))
                  + text.substring(at);
        };
    // Half a surrogate pair is refused before the module is asked.
    return result.replaceAll(
        "[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]", "");
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "\"" + escaped.replace("\u0000", "\\u0000") + "\"";
  }

  @Test
  void exponentialSchemasAreStopped() {
    StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
    for (int i = 0; i < 40; i++) {
      String next = "{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}";
      schema.append("\"d" + i + "\":{\"allOf\":[" + next + "," + next + "]},");
    }
    schema.append("\"d40\":true}}");
    assertThat(SchemaSides.code(() -> sides.wasm().validateSchema(schema.toString(), "1")))
        .isEqualTo("validation.limit");
  }

  @Test
  void hugeExponentsAreNoBombs() {
    List<String> numbers =
        List.of("1e1000000000", "-1e1000000000", "1e-1000000000", "1e99999999999999");
    for (String number : numbers) {
      for (String keyword : List.of("multipleOf", "maximum", "const")) {
        boolean usable = !(keyword.equals("multipleOf") && number.startsWith("-"));
        String schema = "{\"" + keyword + "\":" + number + "}";
        assertThat(SchemaSides.code(() -> sides.wasm().validateSchema(schema, number)))
            .isEqualTo(usable ? "" : "validation.schema");
        assertThat(SchemaSides.code(() -> sides.wasm().validateSchema(schema, "123.5")))
            .isEqualTo(usable ? "" : "validation.schema");
      }
      String schema = "{\"multipleOf\":1.23,\"type\":\"integer\"}";
      assertThat(SchemaSides.code(() -> sides.wasm().validateSchema(schema, number))).isEmpty();
      assertThat(SchemaSides.code(() -> SchemaSides.JAVA.validateSchema(schema, number)))
          .isEqualTo("validation.limit");
    }
  }
}
