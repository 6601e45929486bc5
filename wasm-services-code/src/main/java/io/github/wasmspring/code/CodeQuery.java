package io.github.wasmspring.code;

import java.util.Objects;

/**
 * Chooses nodes by a selector, written as CSS selectors are and as esquery has them for ESTree:
 *
 * <ul>
 *   <li>{@code CallExpression} a type, {@code *} any
 *   <li>{@code A B} in, {@code A > B} right in, {@code A ~ B} behind, {@code A + B} right behind
 *   <li>{@code [callee.name="eval"]}, {@code [async=true]}, {@code [params.length>3]}, {@code
 *       [name=/^on[A-Z]/i]}, {@code [value]}, {@code [kind!="var"]}
 *   <li>{@code .test} by the field in which it stands
 *   <li>{@code :first-child}, {@code :last-child}, {@code :nth-child(2)}, {@code
 *       :nth-last-child(1)}
 *   <li>{@code :not(A, B)}, {@code :is(A, B)}, {@code :has(A)}, which is also true of {@code A}
 *       itself
 *   <li>{@code :statement}, {@code :expression}, {@code :declaration}, {@code :function}, {@code
 *       :pattern}
 *   <li>{@code A, B} one or the other
 * </ul>
 *
 * <p>For many threads.
 */
public final class CodeQuery {

  private final String selector;
  private final CodeMatcher matcher;

  private CodeQuery(String selector, CodeMatcher matcher) {
    this.selector = selector;
    this.matcher = matcher;
  }

  /**
   * @throws IllegalArgumentException if the selector is none; says where
   */
  public static CodeQuery of(String selector) {
    Objects.requireNonNull(selector, "There is no selector");
    return new CodeQuery(selector, new CodeQueryParser(selector).parse());
  }

  /** Whether a node is chosen. The cursor stays where it is. */
  public boolean matches(CodeCursor node) {
    return this.matcher.matches(node);
  }

  @Override
  public String toString() {
    return this.selector;
  }
}
