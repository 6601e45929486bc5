package io.github.wasmspring.code;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Classes of types that selectors name. */
final class CodeClasses {

  private static final Set<String> FUNCTIONS =
      Set.of("FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression");

  private CodeClasses() {}

  /**
   * @return {@code null} if there is none of this name
   */
  static @Nullable CodeMatcher of(String name) {
    return switch (name) {
      case "statement" ->
          node -> node.type().endsWith("Statement") || node.type().endsWith("Declaration");
      case "declaration" -> node -> node.type().endsWith("Declaration");
      case "pattern" -> node -> node.type().endsWith("Pattern") || isExpression(node);
      case "expression" -> CodeClasses::isExpression;
      case "function" -> node -> FUNCTIONS.contains(node.type());
      default -> null;
    };
  }

  private static boolean isExpression(CodeCursor node) {
    String type = node.type();
    if (type.equals("Identifier")) {
      CodeCursor parent = node.copy();
      return !parent.toParent() || !parent.is("MetaProperty");
    }
    return type.endsWith("Expression") || type.endsWith("Literal") || type.equals("MetaProperty");
  }
}
