package io.github.wasmspring.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of nodes that the module knows, as it tells them itself. */
final class CodeKinds {

  /** Words before the fields of a node. */
  private static final int HEAD = 3;

  private record Kind(String name, List<CodeField> fields, Map<String, CodeField> byName) {}

  private record Values(int bits, List<String> texts) {}

  private final List<Kind> kinds;

  private CodeKinds(List<Kind> kinds) {
    this.kinds = kinds;
  }

  /** From lines with a name and fields, and lines with a sign, a letter, bits and values. */
  static CodeKinds read(String text) {
    Map<Character, Values> sets = new HashMap<>();
    List<String[]> lines = text.lines().map(line -> line.split("\t", -1)).toList();
    for (String[] line : lines) {
      if (line[0].startsWith("#")) {
        List<String> values = new ArrayList<>();
        for (int each = 2; each < line.length; each++) {
          values.add(line[each].replace("\"", ""));
        }
        sets.put(line[0].charAt(1), new Values(Integer.parseInt(line[1]), List.copyOf(values)));
      }
    }
    return new CodeKinds(
        lines.stream()
            .filter(line -> !line[0].startsWith("#"))
            .map(line -> kind(line[0], line[1], sets))
            .toList());
  }

  private static Kind kind(String name, String description, Map<Character, Values> sets) {
    List<CodeField> fields = new ArrayList<>();
    int word = HEAD;
    for (String each : description.isEmpty() ? new String[0] : description.split(" ")) {
      int colon = each.indexOf(':');
      String field = each.substring(each.startsWith("~") ? 1 : 0, colon);
      String type = each.substring(colon + 1);
      switch (type.charAt(0)) {
        case 'n', 'o' -> fields.add(wordField(field, CodeField.Type.NODE, word++));
        case 'l', 'L' -> fields.add(wordField(field, CodeField.Type.LIST, word++));
        case 's', 'S' -> fields.add(wordField(field, CodeField.Type.TEXT, word++));
        case '_' -> word++;
        case 'e' -> fields.add(enumeration(field, type, sets));
        default ->
            fields.add(
                new CodeField(field, CodeField.Type.BIT, type.charAt(1) - 'a', 1, List.of()));
      }
    }
    Map<String, CodeField> byName = new HashMap<>();
    fields.forEach(field -> byName.put(field.name(), field));
    return new Kind(name, List.copyOf(fields), Map.copyOf(byName));
  }

  private static CodeField wordField(String name, CodeField.Type type, int word) {
    return new CodeField(name, type, word, 0, List.of());
  }

  private static CodeField enumeration(String name, String type, Map<Character, Values> sets) {
    Values values = sets.get(type.charAt(1));
    if (values == null) {
      throw new IllegalStateException("The module 'code' names an enumeration that it lacks");
    }
    return new CodeField(
        name,
        CodeField.Type.ENUMERATION,
        type.charAt(2) - 'a',
        (1 << values.bits()) - 1,
        values.texts());
  }

  String name(int kind) {
    return this.kinds.get(kind).name();
  }

  List<CodeField> fields(int kind) {
    return this.kinds.get(kind).fields();
  }

  @Nullable CodeField field(int kind, String name) {
    return this.kinds.get(kind).byName().get(name);
  }

  boolean isType(String name) {
    return this.kinds.stream().anyMatch(kind -> kind.name().equals(name));
  }
}
