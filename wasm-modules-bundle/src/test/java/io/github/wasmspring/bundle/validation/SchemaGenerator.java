package io.github.wasmspring.bundle.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Schemas and documents, small but of every kind, from names and values that often meet. */
final class SchemaGenerator {

  private static final String[] NAMES = {"a", "b", "ab", "c1", "é", "~/", "#x", ""};
  private static final String[] NUMBERS = {
    "0",
    "1",
    "1.0",
    "-1",
    "2",
    "3",
    "2.5",
    "1e2",
    "100",
    "0.1",
    "-0.0",
    "0.01",
    "1.50",
    "7e-3",
    "123456789012345678901234567890",
    "0.1e1",
  };
  private static final String[] TEXTS = {
    "", "a", "ab", "abc", "é", "😀😀", "c1", "A b", "\\n", "\\u0000", "1",
  };
  private static final String[] PATTERNS = {
    "a",
    "^a",
    "b$",
    "^[a-c]+$",
    "\\\\d",
    "^.$",
    "^\\\\S*$",
    "(?=a)..",
    "^(?!a)",
    "a|é",
    "^\\\\p{L}*$",
    "[^a]",
    "(?<=a)b",
    "^(ab?)*$",
    "\\\\w{2,}",
    "\\\\bA",
    "^[\\\\S\\\\d]?$",
    "\\\\u{1F600}",
  };
  private static final String[] TYPES = {
    "null", "boolean", "integer", "number", "string", "array", "object",
  };

  private final Random random;
  private final List<Supplier<String>> keywords = new ArrayList<>();

  /** How deep we are, and which definitions may still be referred to. */
  private int depth;

  private int firstDefinition;

  SchemaGenerator(Random random) {
    this.random = random;
    addAssertions();
    addApplicators();
  }

  /** A schema with definitions, each of which refers to later ones only. */
  String schema() {
    List<String> definitions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      this.firstDefinition = i + 1;
      this.depth = 1;
      definitions.add("\"d" + i + "\":" + schemaOrFlag());
    }
    this.firstDefinition = 0;
    this.depth = 0;
    String keywords = keywords();
    String comma = keywords.isEmpty() ? "" : ",";
    return "{" + keywords + comma + "\"$defs\":{" + String.join(",", definitions) + "}}";
  }

  String document() {
    return value(0);
  }

  private void addAssertions() {
    add("type", () -> chance(3) ? "[\"null\",\"" + pick(TYPES, 1) + "\"]" : text(pick(TYPES, 0)));
    add("enum", () -> array(() -> value(2)));
    add("const", () -> value(1));
    add("multipleOf", () -> pick(new String[] {"2", "0.1", "1e-2", "1.5", "10", "1e1", "3"}, 0));
    for (String bound : List.of("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum")) {
      add(bound, () -> pick(NUMBERS, 0));
    }
    for (String count : List.of("Length", "Items", "Properties", "Contains")) {
      add("min" + count, this::count);
      add("max" + count, this::count);
    }
    add("pattern", () -> text(pick(PATTERNS, 0)));
    add("uniqueItems", () -> chance(4) ? "false" : "true");
    add("required", this::names);
    add("dependentRequired", () -> map(this::names));
    add("format", () -> text("email"));
    add("title", () -> text("any"));
    add("unknown", () -> value(1));
  }

  private void addApplicators() {
    for (String one : List.of("items", "contains", "not", "if", "then", "else", "propertyNames")) {
      add(one, this::schemaOrFlag);
    }
    for (String one :
        List.of("additionalProperties", "unevaluatedProperties", "unevaluatedItems")) {
      add(one, this::schemaOrFlag);
      add(one, () -> "false");
    }
    for (String list : List.of("allOf", "anyOf", "oneOf", "prefixItems")) {
      add(list, () -> array(this::schemaOrFlag));
      add(list, () -> array(this::schemaOrFlag));
    }
    add("properties", () -> map(this::schemaOrFlag));
    add("properties", () -> map(this::schemaOrFlag));
    add("dependentSchemas", () -> map(this::schemaOrFlag));
    add("dependencies", () -> map(() -> chance(2) ? names() : schemaOrFlag()));
    add("patternProperties", () -> "{" + text(pick(PATTERNS, 0)) + ":" + schemaOrFlag() + "}");
    add(
        "$ref",
        () -> text("#/$defs/d" + Math.min(2, this.firstDefinition + this.random.nextInt(3))));
  }

  private void add(String keyword, Supplier<String> value) {
    this.keywords.add(
        () -> {
          boolean endless = keyword.equals("$ref") && this.firstDefinition > 2;
          return endless ? "" : text(keyword) + ":" + value.get();
        });
  }

  private String schemaOrFlag() {
    if (this.depth > 3 || chance(5)) {
      return chance(3) ? "false" : "true";
    }
    this.depth++;
    String schema = "{" + keywords() + "}";
    this.depth--;
    return schema;
  }

  private String keywords() {
    List<String> members = new ArrayList<>();
    for (int i = this.random.nextInt(4); i >= 0; i--) {
      String member = this.keywords.get(this.random.nextInt(this.keywords.size())).get();
      String name = member.isEmpty() ? "" : member.substring(0, member.indexOf(':'));
      if (!member.isEmpty() && members.stream().noneMatch(other -> other.startsWith(name + ":"))) {
        members.add(member);
      }
    }
    return String.join(",", members);
  }

  private String value(int depth) {
    return switch (this.random.nextInt(depth > 2 ? 4 : 8)) {
      case 0 -> chance(2) ? "null" : chance(2) ? "true" : "false";
      case 1, 2 -> pick(NUMBERS, 0);
      case 3 -> text(pick(TEXTS, 0));
      case 4, 5 -> "[" + repeat(() -> value(depth + 1)) + "]";
      default -> map(() -> value(depth + 1));
    };
  }

  private String names() {
    List<String> names = new ArrayList<>();
    for (String name : NAMES) {
      if (chance(5)) {
        names.add(text(name));
      }
    }
    return "[" + String.join(",", names) + "]";
  }

  private String map(Supplier<String> value) {
    List<String> members = new ArrayList<>();
    for (String name : NAMES) {
      if (chance(3)) {
        members.add(text(name) + ":" + value.get());
      }
    }
    return "{" + String.join(",", members) + "}";
  }

  private String array(Supplier<String> value) {
    String more = repeat(value);
    return "[" + value.get() + (more.isEmpty() ? "" : "," + more) + "]";
  }

  private String repeat(Supplier<String> value) {
    List<String> values = new ArrayList<>();
    for (int i = this.random.nextInt(4); i > 0; i--) {
      values.add(value.get());
    }
    return String.join(",", values);
  }

  private String count() {
    return pick(new String[] {"0", "1", "2", "3", "1.0", "2e0"}, 0);
  }

  private String pick(String[] from, int first) {
    return from[first + this.random.nextInt(from.length - first)];
  }

  private static String text(String content) {
    return "\"" + content + "\"";
  }

  private boolean chance(int of) {
    return this.random.nextInt(of) == 0;
  }
}
