package io.github.wasmspring.autoconfigure.vector.ai;

import io.github.wasmspring.vector.VectorFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.vectorstore.filter.Filter;

/** From filter expressions of Spring AI to filters of ours. */
final class FilterExpressions {

  private FilterExpressions() {}

  /**
   * @throws IllegalArgumentException if an expression is not what its type asks for
   */
  static VectorFilter filter(Filter.Expression expression) {
    Filter.Operand left = expression.left();
    Filter.Operand right = expression.right();
    return switch (expression.type()) {
      case AND -> VectorFilter.and(operand(left), operand(right));
      case OR -> VectorFilter.or(operand(left), operand(right));
      case NOT -> VectorFilter.not(operand(left));
      case EQ -> VectorFilter.eq(key(left), value(right));
      case NE -> VectorFilter.ne(key(left), value(right));
      case GT -> VectorFilter.gt(key(left), value(right));
      case GTE -> VectorFilter.gte(key(left), value(right));
      case LT -> VectorFilter.lt(key(left), value(right));
      case LTE -> VectorFilter.lte(key(left), value(right));
      case IN -> VectorFilter.in(key(left), values(right));
      case NIN -> VectorFilter.notIn(key(left), values(right));
      case ISNULL -> VectorFilter.not(VectorFilter.exists(key(left)));
      case ISNOTNULL -> VectorFilter.exists(key(left));
    };
  }

  private static VectorFilter operand(Filter.@Nullable Operand operand) {
    if (operand instanceof Filter.Expression expression) {
      return filter(expression);
    }
    if (operand instanceof Filter.Group group) {
      return filter(group.content());
    }
    throw new IllegalArgumentException("A filter expression is needed, not " + operand);
  }

  /** Keys may be quoted. */
  private static String key(Filter.@Nullable Operand operand) {
    if (!(operand instanceof Filter.Key key)) {
      throw new IllegalArgumentException("A key of metadata is needed, not " + operand);
    }
    String name = key.key();
    boolean quoted =
        name.length() > 1
            && (name.startsWith("'") && name.endsWith("'")
                || name.startsWith("\"") && name.endsWith("\""));
    return quoted ? name.substring(1, name.length() - 1) : name;
  }

  private static Object value(Filter.@Nullable Operand operand) {
    if (!(operand instanceof Filter.Value value) || value.value() == null) {
      throw new IllegalArgumentException("A value to compare with is needed, not " + operand);
    }
    return value.value();
  }

  private static List<?> values(Filter.@Nullable Operand operand) {
    return value(operand) instanceof List<?> list ? list : List.of(value(operand));
  }
}
