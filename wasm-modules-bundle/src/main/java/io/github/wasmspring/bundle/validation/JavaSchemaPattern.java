package io.github.wasmspring.bundle.validation;

import com.networknt.schema.regex.RegularExpression;
import io.github.wasmspring.WasmOperationException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Translates patterns of ECMA-262 in its Unicode mode into those of {@link Pattern}, which read
 * {@code $}, {@code .}, {@code \s}, {@code \b} and classes differently.
 */
final class JavaSchemaPattern {

  private static final String WORD = "[0-9A-Za-z_]";

  private final JavaSchemaPatternReader in;
  private final StringBuilder out = new StringBuilder();

  /** For each open group, whether it looks ahead or behind. */
  private final Deque<Boolean> looks = new ArrayDeque<>();

  /** Whether what stands before can be repeated. */
  private boolean repeatable;

  private JavaSchemaPattern(String pattern) {
    this.in = new JavaSchemaPatternReader(pattern);
  }

  /**
   * @throws WasmOperationException {@code validation.schema} if the pattern is malformed, {@code
   *     validation.pattern} if it uses what is not supported
   */
  static RegularExpression of(String pattern) {
    String translated = new JavaSchemaPattern(pattern).translate();
    try {
      Pattern compiled = Pattern.compile(translated);
      return text -> compiled.matcher(text).find();
    } catch (PatternSyntaxException fault) {
      // Java wants to know how far a look-behind can reach; everything else has been checked.
      String reason = fault.getDescription();
      throw reason.startsWith("Look-behind")
          ? JavaSchemaPatternReader.unsupported("a look-behind without a greatest length")
          : JavaSchemaPatternReader.malformed(reason);
    }
  }

  private String translate() {
    while (!this.in.atEnd()) {
      step(this.in.next());
    }
    if (!this.looks.isEmpty()) {
      throw JavaSchemaPatternReader.malformed("a '(' without ')'");
    }
    return this.out.toString();
  }

  private void step(int point) {
    switch (point) {
      case '^' -> assertion("\\A");
      case '$' -> assertion("\\z");
      case '|' -> assertion("|");
      case '.' -> atom("[^\\n\\r\\x{2028}\\x{2029}]");
      case '(' -> open();
      case ')' -> close();
      case '[' -> atom(new JavaSchemaPatternClass(this.in).translate());
      case '\\' -> escape();
      case '*', '+', '?', '{' -> quantifier(point);
      default -> atom(JavaSchemaPatternReader.literal(point));
    }
  }

  private void atom(String translated) {
    this.out.append(translated);
    this.repeatable = true;
  }

  private void assertion(String translated) {
    this.out.append(translated);
    this.repeatable = false;
  }

  private void open() {
    if (this.looks.size() == 100) {
      throw JavaSchemaPatternReader.unsupported("more than 100 groups in one another");
    }
    String look = this.in.take("?=", "?!", "?<=", "?<!");
    if (look.isEmpty() && this.in.take("?:").isEmpty() && !this.in.take("?").isEmpty()) {
      this.in.groupName();
    }
    this.looks.push(!look.isEmpty());
    assertion(look.isEmpty() ? "(?:" : "(" + look);
  }

  private void close() {
    if (this.looks.isEmpty()) {
      throw JavaSchemaPatternReader.malformed("a ')' without '('");
    }
    boolean look = this.looks.pop();
    this.out.append(')');
    this.repeatable = !look;
  }

  private void escape() {
    int point = this.in.peek();
    switch (point) {
      case 'b' -> boundary("(?:(?<=%1$s)(?!%1$s)|(?<!%1$s)(?=%1$s))");
      case 'B' -> boundary("(?:(?<=%1$s)(?=%1$s)|(?<!%1$s)(?!%1$s))");
      case 'k', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          throw JavaSchemaPatternReader.unsupported("a backreference");
      default -> atom("[" + JavaSchemaPatternClass.escaped(this.in) + "]");
    }
  }

  private void boundary(String form) {
    this.in.next();
    assertion(form.formatted(WORD));
  }

  private void quantifier(int point) {
    if (!this.repeatable) {
      throw JavaSchemaPatternReader.malformed(
          point == '{' ? "a '{' that is no quantifier" : "nothing to repeat");
    }
    this.out.append(point == '{' ? this.in.counts() : Character.toString(point));
    this.out.append(this.in.take("?"));
    this.repeatable = false;
  }
}
