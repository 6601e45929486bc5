package io.github.wasmspring.bundle.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Documents to try JSON code with: named corner cases, and as many random ones as wanted. */
final class JsonDocuments {

  /**
   * A corner case.
   *
   * @param valid whether RFC 8259 and the nesting limit of 1000 allow the document
   */
  record Corner(String name, byte[] json, boolean valid) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static final String[] KEYS = {
    "a",
    "b",
    "c",
    "",
    "id",
    "name",
    "0",
    "1",
    "2",
    "~",
    "/",
    "m~n",
    "é",
    "😀",
    "日本",
    "\\u0061",
    "\\ud83d\\ude00",
    "\\ud800",
    "\\udc00",
    "\\uffff",
    "\uE000",
    "\\u00e9",
    "x\\/y",
    "\\\"",
    "aa",
    "a longer key that fills more than one word",
    "Z",
    "\\u0000",
    "\\u007f",
    "\\n",
  };

  private static final String[] TEXTS = {
    "",
    "x",
    "hello",
    "two words",
    "a longer text that fills more than two words of eight bytes",
    "naïve café",
    "日本語のテキスト",
    "😀😀",
    "\u007f",
    "\u2028",
    "\\n",
    "\\u0041",
    "\\u001F",
    "\\u0008",
    "\\/",
    "\\\\",
    "\\\"",
    "\\ud83d\\ude00",
    "\\uD83D\\uDE00",
    "\\ud800",
    "\\udc00x",
    "\\ud800\\ud83d\\ude00",
    "\\ud800\\n",
    "\\uDEAD",
    "\\uabcd",
    "tail\\t",
    "\uFEFF",
    "\uFFFF",
    "\uD7FF\uE000",
    "e\u0301",
  };

  private static final String[] PLAIN = {
    "0",
    "-0",
    "1",
    "42",
    "-17",
    "3.14",
    "1e5",
    "1E+5",
    "2e-7",
    "0.0",
    "-0.0e0",
    "123456789012345678",
    "1234567890123456789012345678901234567890",
    "1e400",
    "0.1e-400",
    "true",
    "false",
    "null",
  };

  private static final String[] SPACES = {
    "", "", "", "", " ", "\n", "\t", "\r\n", "  ", "\n    ", "          ", "\r", " \n\t\r",
  };

  private static final String[] SHARDS = {
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud8", "0", "1", "-", "+", ".", "e", "E",
    "true", "false", "null", "nul", "NaN", "'", "/*", "//", "\u0000", "\u001f", "\n", "\r\n", " ",
    "\uFEFF", "é", "😀", "\u2028", "\u00a0", "\u000b", "\f", "\"a\":", ",,", "[]", "{}", "\"\"",
    "\u007f", "01", "1.",
  };

  private static final String[] BROKEN_UTF8 = {
    "\u0080",
    "\u00bf",
    "\u00c0\u0080",
    "\u00c1\u00bf",
    "\u00c2",
    "\u00e0\u0080\u0080",
    "\u00e0\u009f\u00bf",
    "\u00ed\u00a0\u0080",
    "\u00ed\u00bf\u00bf",
    "\u00e2\u0082",
    "\u00f0\u008f\u00bf\u00bf",
    "\u00f0\u009f\u0098",
    "\u00f4\u0090\u0080\u0080",
    "\u00f5\u0080\u0080\u0080",
    "\u00ff",
    "\u00fe",
    "\u00f8\u0088\u0080\u0080\u0080",
  };

  private static final String[] VALID = {
    "null",
    " true ",
    "false",
    "0",
    "-0",
    "-0.0",
    "1",
    "10",
    "1.5",
    "1e1",
    "1E1",
    "1e+1",
    "1e-1",
    "1.5E+10",
    "123456789012345678901234567890",
    "1e999999999",
    "0.00000000000000000000001",
    "\"\"",
    "\"a\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\u0000\"",
    "\"\\u00e9\\u00E9\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\u007f\"",
    "\"\u2028\u2029\"",
    "\"é日😀\"",
    "\"\uFFFE\uFFFF\"",
    "\"\uFEFF\"",
    "[]",
    "[ ]",
    "{}",
    "{\n}",
    "[[]]",
    "[{}]",
    "{\"a\":{}}",
    "[1,2,3]",
    "[1 , 2]",
    "[null,true,false]",
    "{\"a\":1}",
    "{\"a\" : 1 , \"b\" : [ ]}",
    "{\"\":0}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"\\u0061\":2}",
    "{\"a\":{\"x\":1},\"b\":2,\"a\":{\"y\":1}}",
    "\t\r\n 1 \t\r\n",
    "\uFEFF1",
    "\uFEFF {\"a\":1} ",
    "{\"b\":1,\"a\":2,\"\\u0061\":3,\"B\":4}",
    "{\"\uE000\":1,\"😀\":2,\"\\ud800\":3,\"\uD7FF\":4}",
    "[0.5e10,[[[\"deep\"]]],{\"k\":[{}]}]",
    "{\"z\":[{\"y\":1,\"x\":2}],\"a\":{\"c\":{\"e\":1,\"d\":2},\"b\":3}}",
    "{\"a\":[1,{\"b\":{\"c\":0}}],\"x\":1,\"a\":[{\"b\":1},{\"b\":2}],\"y\":{\"q\":1,\"q\":2}}",
    "\"12345678\"",
    "\"1234567\\\"\"",
    "\"1234567é\"",
    "\"\\u0041\\u0042\"",
  };

  private static final String[] INVALID = {
    "",
    " ",
    "\n",
    "\uFEFF",
    "\uFEFF\uFEFF1",
    "1\uFEFF",
    "[",
    "]",
    "{",
    "}",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[,]",
    "[1,,2]",
    "[1 2]",
    "[1}",
    "[1:2]",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":}",
    "{\"a\":]",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{\"a\":1]",
    "{,}",
    "{,\"a\":1}",
    "{1:2}",
    "{a:1}",
    "{'a':1}",
    "{\"a\",1}",
    "{\"a\" 1}",
    "{\"a\"::1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1,,\"b\":2}",
    "{null:1}",
    "{[]:1}",
    "[}",
    "{]",
    "1 2",
    "1,",
    "1]",
    "null null",
    "truefalse",
    "[] []",
    "{} x",
    "\"a\" \"b\"",
    "01",
    "-01",
    "00",
    "0123",
    "-",
    "+",
    "+1",
    "-+1",
    "--1",
    ".5",
    "-.5",
    "1.",
    "1.e1",
    "1.5.",
    "1e",
    "1e+",
    "1e-",
    "1E",
    "0x1",
    "0b1",
    "1_000",
    "1a",
    "1e1.5",
    "NaN",
    "-NaN",
    "Infinity",
    "-Infinity",
    "tru",
    "True",
    "TRUE",
    "t",
    "truth",
    "fals",
    "nul",
    "nulll",
    "nill",
    "undefined",
    "'a'",
    "`a`",
    "\"",
    "\"a",
    "\"\\",
    "\"\\\"",
    "\"\\x41\"",
    "\"\\'\"",
    "\"\\0\"",
    "\"\\u\"",
    "\"\\u1\"",
    "\"\\u12\"",
    "\"\\u123\"",
    "\"\\u12G4\"",
    "\"\\U0041\"",
    "\"\\u 041\"",
    "\"\\u00é1\"",
    "\"\\é\"",
    "\"\\\n\"",
    "\"\n\"",
    "\"\t\"",
    "\"\r\n\"",
    "\"\u0000\"",
    "\"\u001f\"",
    "\u0000",
    "1\u0000",
    "[1]\u0000",
    "\u000b1",
    "\f1",
    "\u00a01",
    "\u20281",
    "[\u00a0]",
    "/* c */ 1",
    "1 // c",
    "// c\n1",
    "[1, /* c */ 2]",
    "# c\n1",
    "é",
    "😀",
    "[é]",
    "{\"a\":é}",
    "\\u0031",
    "\\",
    "[\"a\"\"b\"]",
    "[1]]",
    "{\"a\":1}}",
    "\r\n\r\n  x",
    "[\r1,\n2,\r\n3\n\rx]",
    "[\"é😀\", x]",
    "\"é😀\n\"",
    "\u007f",
  };

  private JsonDocuments() {}

  /** All the corner cases. */
  static List<Corner> corners() {
    List<Corner> corners = new ArrayList<>();
    for (String json : VALID) {
      corners.add(corner(json, true));
    }
    for (String json : INVALID) {
      corners.add(corner(json, false));
    }
    for (String bytes : BROKEN_UTF8) {
      for (String frame :
          List.of("%s", "\"%s\"", "\"1234567%s\"", "\"%sé\"", "[\"a\",%s]", "\"%s")) {
        byte[] json = String.format(frame, bytes).replace("é", "\u00c3\u00a9").getBytes(ISO_8859_1);
        corners.add(new Corner("broken UTF-8 " + name(json), json, false));
      }
    }
    corners.add(deep("arrays", "[", "]", 1000, true));
    corners.add(deep("arrays", "[", "]", 1001, false));
    corners.add(new Corner("1000 objects", nested("{\"b\":1,\"a\":", "0", "}", 1000), true));
    corners.add(new Corner("1001 objects", nested("{\"b\":1,\"a\":", "0", "}", 1001), false));
    corners.add(new Corner("unclosed arrays", "[".repeat(999).getBytes(UTF_8), false));
    corners.add(new Corner("100000 unclosed arrays", "[".repeat(100_000).getBytes(UTF_8), false));
    corners.add(new Corner("long number", "9".repeat(100_000).getBytes(UTF_8), true));
    corners.add(new Corner("long text", ("\"" + "xé".repeat(50_000) + "\"").getBytes(UTF_8), true));
    corners.add(new Corner("equal keys", members(5_000, 1), true));
    corners.add(new Corner("few keys, often", members(5_000, 7), true));
    corners.add(new Corner("many keys", members(5_000, 5_000), true));
    return corners;
  }

  /** An object of {@code count} members with {@code different} keys. */
  static byte[] members(int count, int different) {
    StringBuilder json = new StringBuilder("{");
    for (int index = 0; index < count; index++) {
      json.append(index == 0 ? "" : ",").append("\"key").append(index * 7919L % different);
      json.append("\":").append(index);
    }
    return json.append('}').toString().getBytes(UTF_8);
  }

  /** A random valid document. */
  static byte[] random(Random random) {
    StringBuilder json = new StringBuilder(random.nextInt(20) == 0 ? "\uFEFF" : "");
    value(json, random, random.nextInt(6));
    return json.toString().getBytes(UTF_8);
  }

  /** The document with one to three random changes; mostly no longer valid. */
  static byte[] mutate(byte[] json, Random random) {
    byte[] mutant = json;
    for (int change = random.nextInt(3); change >= 0; change--) {
      mutant = change(mutant, random);
    }
    return mutant;
  }

  /** A JSON Pointer that has a chance to find something in a random document; rarely malformed. */
  static String pointer(Random random) {
    StringBuilder pointer = new StringBuilder();
    for (int tokens = random.nextInt(4); tokens > 0; tokens--) {
      pointer.append('/');
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3, 4 -> pointer.append(random.nextInt(4));
        case 5 -> pointer.append("~0");
        case 6 ->
            pointer.append(one(random, "~1", "m~0n", "x~1y", "01", "-", "00", "1e0", "4294967296"));
        case 7 -> pointer.append(one(random, "\n", "\u0000", "\"", "\u007f", "\uE000", "\uFFFF"));
        case 8 -> pointer.append(random.nextInt(20) == 0 ? one(random, "~", "~2", "a~") : "a");
        default -> {
          String key = one(random, KEYS);
          pointer.append(key.contains("\\") ? "a" : key.replace("~", "~0").replace("/", "~1"));
        }
      }
    }
    return random.nextInt(100) == 0 ? "a" + pointer : pointer.toString();
  }

  private static void value(StringBuilder json, Random random, int depth) {
    json.append(one(random, SPACES));
    switch (depth == 0 ? 4 + random.nextInt(4) : random.nextInt(8)) {
      case 0, 1 -> array(json, random, depth - 1);
      case 2, 3, 4 -> object(json, random, depth - 1);
      case 5, 6 -> json.append(text(random));
      default -> json.append(one(random, PLAIN));
    }
    json.append(one(random, SPACES));
  }

  private static void array(StringBuilder json, Random random, int depth) {
    json.append('[');
    int size = depth < 0 ? 0 : random.nextInt(6);
    for (int index = 0; index < size; index++) {
      json.append(index == 0 ? "" : ",");
      value(json, random, depth);
    }
    json.append(size == 0 ? one(random, SPACES) : "").append(']');
  }

  private static void object(StringBuilder json, Random random, int depth) {
    json.append('{');
    int size = depth < 0 ? 0 : random.nextInt(random.nextInt(10) == 0 ? 24 : 6);
    for (int index = 0; index < size; index++) {
      json.append(index == 0 ? "" : ",").append(one(random, SPACES));
      json.append('"').append(one(random, KEYS)).append('"');
      json.append(one(random, SPACES)).append(':');
      value(json, random, depth);
    }
    json.append(size == 0 ? one(random, SPACES) : "").append('}');
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("\"");
    for (int parts = random.nextInt(4); parts > 0; parts--) {
      text.append(one(random, TEXTS));
    }
    return text.append('"').toString();
  }

  private static byte[] change(byte[] json, Random random) {
    int at = random.nextInt(json.length + 1);
    int end = Math.min(json.length, at + random.nextInt(4));
    return switch (random.nextInt(8)) {
      case 0 -> splice(json, at, at, one(random, SHARDS).getBytes(UTF_8));
      case 1 -> splice(json, at, end, one(random, SHARDS).getBytes(UTF_8));
      case 2 -> splice(json, at, end, new byte[0]);
      case 3 -> Arrays.copyOf(json, at);
      case 4 -> splice(json, at, at, one(random, BROKEN_UTF8).getBytes(ISO_8859_1));
      case 5 -> splice(json, at, end, new byte[] {(byte) random.nextInt(256)});
      case 6 -> splice(json, at, at, one(random, SPACES).getBytes(UTF_8));
      default -> {
        int from = random.nextInt(json.length + 1);
        int to = Math.min(json.length, from + random.nextInt(12));
        yield splice(json, at, at, Arrays.copyOfRange(json, from, to));
      }
    };
  }

  private static byte[] splice(byte[] json, int from, int to, byte[] part) {
    byte[] result = new byte[json.length - (to - from) + part.length];
    System.arraycopy(json, 0, result, 0, from);
    System.arraycopy(part, 0, result, from, part.length);
    System.arraycopy(json, to, result, from + part.length, json.length - to);
    return result;
  }

  private static Corner corner(String json, boolean valid) {
    byte[] bytes = json.getBytes(UTF_8);
    return new Corner((valid ? "valid " : "invalid ") + name(bytes), bytes, valid);
  }

  private static Corner deep(String name, String open, String close, int depth, boolean valid) {
    return new Corner(depth + " " + name, nested(open, "", close, depth), valid);
  }

  private static byte[] nested(String open, String middle, String close, int depth) {
    return (open.repeat(depth) + middle + close.repeat(depth)).getBytes(UTF_8);
  }

  /** The bytes in a form that is safe to print. */
  private static String name(byte[] json) {
    StringBuilder name = new StringBuilder();
    for (byte value : json) {
      name.append(
          value >= 0x20 && value < 0x7f ? "" + (char) value : String.format("<%02x>", value));
    }
    return name.toString();
  }

  private static String one(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
