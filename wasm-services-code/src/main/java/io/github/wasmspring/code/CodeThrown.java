package io.github.wasmspring.code;

import java.util.List;

/**
 * What code has thrown. All of it is what the code says, and may be anything.
 *
 * @param name of the class of the error, such as {@code TypeError}; empty if it is no error
 * @param message of the error, or the value that was thrown as text
 * @param stack the innermost first; at most ten, and without what Java stands for
 */
public record CodeThrown(String name, String message, List<CodeFrame> stack) {

  public CodeThrown {
    stack = List.copyOf(stack);
  }

  /** As JavaScript writes errors: {@code TypeError: not a function}. */
  @Override
  public String toString() {
    return this.name.isEmpty()
        ? this.message
        : this.message.isEmpty() ? this.name : this.name + ": " + this.message;
  }
}
