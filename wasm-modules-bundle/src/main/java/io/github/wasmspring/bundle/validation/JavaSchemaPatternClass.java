package io.github.wasmspring.bundle.validation;

/** Translates what stands between brackets, and escapes that stand for sets of characters. */
final class JavaSchemaPatternClass {

  private static final String SPACE =
      "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";

  private static final String ANY = "[\\x{0}-\\x{10ffff}]";

  private final JavaSchemaPatternReader in;
  private final StringBuilder members = new StringBuilder();
  private boolean notSpace;

  JavaSchemaPatternClass(JavaSchemaPatternReader in) {
    this.in = in;
  }

  /** Translates a class whose opening bracket has been read. */
  String translate() {
    boolean negate = !this.in.take("^").isEmpty();
    while (this.in.take("]").isEmpty()) {
      range();
    }
    // Java's own negation does not reach into classes that stand inside others.
    String some = this.members.isEmpty() ? "(?!)" : "[" + this.members + "]";
    String both = this.notSpace ? "(?:" + some + "|[^" + SPACE + "])" : some;
    return negate ? "(?:(?!" + both + ")" + ANY + ")" : both;
  }

  private void range() {
    int low = member();
    if (this.in.peek() != '-' || this.in.followedBy("]")) {
      return;
    }
    this.in.next();
    int high = member();
    if (low < 0 || high < 0) {
      throw JavaSchemaPatternReader.malformed("a class as the end of a range");
    }
    if (low > high) {
      throw JavaSchemaPatternReader.malformed("a range that is out of order");
    }
    this.members.append(JavaSchemaPatternReader.literal(low)).append('-');
    this.members.append(JavaSchemaPatternReader.literal(high));
  }

  /** Adds a member; answers it if it is a single character, else a negative number. */
  private int member() {
    int point = this.in.next();
    if (point == JavaSchemaPatternReader.END) {
      throw JavaSchemaPatternReader.malformed("a '[' without ']'");
    }
    if (point == '\\' && !this.in.take("b").isEmpty()) {
      point = '\b';
    } else if (point == '\\' && "dDwWsSpP".indexOf(this.in.peek()) >= 0) {
      set();
      return -1;
    } else if (point == '\\') {
      point = character(this.in);
    }
    this.members.append(JavaSchemaPatternReader.literal(point));
    return point;
  }

  private void set() {
    if (this.in.peek() == 'S') {
      this.in.next();
      this.notSpace = true;
    } else {
      this.members.append(escaped(this.in));
    }
  }

  /** What a backslash stands for, in the form that stands alone between brackets. */
  static String escaped(JavaSchemaPatternReader in) {
    return switch (in.peek()) {
      case 'd', 'D', 'w', 'W' -> "\\" + Character.toString(in.next());
      case 's', 'S' -> (in.next() == 'S' ? "^" : "") + SPACE;
      case 'p', 'P' -> "\\" + Character.toString(in.next()) + "{" + property(in) + "}";
      default -> JavaSchemaPatternReader.literal(character(in));
    };
  }

  private static int character(JavaSchemaPatternReader in) {
    int point = in.next();
    return switch (point) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'v' -> 0x0b;
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'x' -> in.hex(2);
      case 'u' -> in.unicode();
      case 'c' -> control(in.next());
      default -> {
        boolean zero = point == '0' && (in.peek() < '0' || in.peek() > '9');
        if (!zero && (point < 0 || "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~".indexOf(point) < 0)) {
          throw JavaSchemaPatternReader.malformed("an unknown escape");
        }
        yield zero ? 0 : point;
      }
    };
  }

  private static int control(int letter) {
    if (letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z') {
      return letter & 0x1f;
    }
    throw JavaSchemaPatternReader.malformed("a letter is missing behind '\\c'");
  }

  private static String property(JavaSchemaPatternReader in) {
    if (in.take("{").isEmpty()) {
      throw JavaSchemaPatternReader.malformed("a '{' is missing behind '\\p'");
    }
    StringBuilder name = new StringBuilder();
    while (in.take("}").isEmpty()) {
      int point = in.next();
      if (point >= 0x80 || !Character.isLetterOrDigit(point) && point != '_' && point != '=') {
        throw JavaSchemaPatternReader.malformed("the name of a property");
      }
      name.appendCodePoint(point);
    }
    String translated = JavaSchemaPatternProperties.translate(name.toString());
    if (translated.isEmpty()) {
      throw JavaSchemaPatternReader.unsupported("the property '" + name + "'");
    }
    return translated;
  }
}
