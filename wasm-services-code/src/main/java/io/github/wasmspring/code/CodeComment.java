package io.github.wasmspring.code;

/**
 * A comment.
 *
 * @param range with its signs
 */
public record CodeComment(Kind kind, CodeRange range) {

  /** Kinds of comments. */
  public enum Kind {
    /** To the end of the line. */
    LINE,
    /** Between signs. */
    BLOCK,
    /** The first line of a script that names what runs it. */
    HASHBANG
  }
}
