package io.github.wasmspring.code;

/** Sees all nodes of a tree. The cursor is the same for all; it must be left where it is. */
public interface CodeVisitor {

  /**
   * Before what is in a node.
   *
   * @return whether to go into it
   */
  default boolean enter(CodeCursor node) {
    return true;
  }

  /** After what is in a node. */
  default void leave(CodeCursor node) {}
}
