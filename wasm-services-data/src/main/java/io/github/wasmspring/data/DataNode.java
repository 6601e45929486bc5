package io.github.wasmspring.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of an expression, and where it begins in it. */
sealed interface DataNode {

  int position();

  /** How many parts are inside of each other. */
  int depth();

  /**
   * @param value {@link Long}, {@link java.math.BigDecimal}, {@link Double}, {@link String}, {@link
   *     Boolean} or {@code null}
   */
  record Literal(int position, @Nullable Object value) implements DataNode {
    @Override
    public int depth() {
      return 1;
    }
  }

  /** A column. */
  record Name(int position, String name) implements DataNode {
    @Override
    public int depth() {
      return 1;
    }
  }

  /** A function or an operator, by its name in lower case. */
  record Call(int position, String function, List<DataNode> arguments, int depth)
      implements DataNode {

    Call(int position, String function, List<DataNode> arguments) {
      this(
          position,
          function,
          List.copyOf(arguments),
          1 + arguments.stream().mapToInt(DataNode::depth).max().orElse(0));
    }
  }
}
