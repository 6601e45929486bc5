package io.github.wasmspring.autoconfigure.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A name below {@code wasm} as somebody wrote it.
 *
 * @param elements what follows {@code wasm}; numbers and keys that stood in brackets still do
 * @param variable whether it is that of an environment variable, which has underscores where a name
 *     has dots, and often where it has dashes
 */
record WrittenName(List<String> elements, boolean variable) {

  static WrittenName of(ConfigurationPropertyName name, boolean variable) {
    List<String> elements = new ArrayList<>();
    for (int i = 1; i < name.getNumberOfElements(); i++) {
      String element = name.getElement(i, Form.ORIGINAL);
      elements.add(name.subName(i).chop(1).isLastElementIndexed() ? "[" + element + "]" : element);
    }
    return new WrittenName(elements, variable);
  }

  int size() {
    return this.elements.size();
  }

  boolean isNumber(int at) {
    return this.elements.get(at).matches("\\[\\d+]");
  }

  /** The most elements from there that may be one name. */
  int longestFrom(int at) {
    return this.variable ? size() - at : 1;
  }

  /** So many elements from there as one, without what does not tell names apart. */
  String uniform(int at, int count) {
    return uniform(String.join("", this.elements.subList(at, at + count)));
  }

  static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Other elements, written the same way. */
  String like(List<String> others) {
    if (this.variable) {
      List<String> words = others.stream().map(WrittenName::uniform).toList();
      return "WASM_" + String.join("_", words).toUpperCase(Locale.ROOT);
    }
    StringBuilder name = new StringBuilder("wasm");
    for (String each : others) {
      name.append(each.startsWith("[") ? "" : ".").append(each);
    }
    return name.toString();
  }

  @Override
  public String toString() {
    return this.variable
        ? "WASM_"
            + String.join("_", this.elements).replaceAll("[\\[\\]]", "").toUpperCase(Locale.ROOT)
        : like(this.elements);
  }
}
