package io.github.wasmspring.code;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A field of a node, reached over fields of what is in it, as selectors compare it.
 *
 * @param path the names of the fields
 */
record CodeAttribute(List<String> path) {

  /** Selects what has a value there. */
  CodeMatcher present() {
    return node -> value(node) != null;
  }

  /**
   * Selects where the value, if there is one, passes; without one, {@code absent} is the answer.
   */
  CodeMatcher where(Predicate<String> passes, boolean absent) {
    return node -> {
      String value = value(node);
      return value == null ? absent : passes.test(value);
    };
  }

  CodeMatcher like(Pattern pattern) {
    return where(value -> pattern.matcher(value).find(), false);
  }

  CodeMatcher compared(String operator, double number) {
    return where(
        value -> {
          double own = number(value);
          return switch (operator) {
            case "<" -> own < number;
            case "<=" -> own <= number;
            case ">" -> own > number;
            default -> own >= number;
          };
        },
        false);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException none) {
      return Double.NaN;
    }
  }

  /** The value as text; of a node, its type. */
  private @Nullable String value(CodeCursor node) {
    CodeCursor place = node.copy();
    for (int each = 0; each < this.path.size() - 1; each++) {
      String name = this.path.get(each);
      boolean length = each == this.path.size() - 2 && this.path.get(each + 1).equals("length");
      if (length && place.fields().contains(name) && !place.has("name")) {
        return Integer.toString(place.count(name));
      }
      if (!(isIndex(this.path.get(each + 1)) && each + 2 < this.path.size()
          ? place.toItem(name, Integer.parseInt(this.path.get(++each)))
          : place.toField(name))) {
        return null;
      }
    }
    return own(place, this.path.get(this.path.size() - 1));
  }

  private static boolean isIndex(String name) {
    return name.length() < 9 && name.chars().allMatch(Character::isDigit);
  }

  private static @Nullable String own(CodeCursor place, String name) {
    if (name.equals("type")) {
      return place.type();
    }
    String text = place.text(name);
    if (text != null) {
      return text;
    }
    if (place.isBit(name)) {
      return Boolean.toString(place.flag(name));
    }
    if (place.toField(name)) {
      String type = place.type();
      place.toParent();
      return type;
    }
    return null;
  }
}
