package io.github.wasmspring.bundle.json;

/**
 * Told, in the order of the source, what a document holds. Positions count bytes of the source;
 * ends are exclusive. What was told before a fault is to be thrown away.
 */
interface JsonHandler {

  /** For validation alone. */
  JsonHandler NONE = new JsonHandler() {};

  /** An array or object that is not empty begins. */
  default void open(int at, boolean object) {}

  /** The innermost array or object ends. */
  default void close(int at) {}

  /** An empty array or object. */
  default void empty(int open, int close) {}

  /** The key of a member, quotes included. */
  default void key(int from, int to, boolean escaped) {}

  /** The colon behind a key. */
  default void colon(int at) {}

  /** The comma behind an element or member. */
  default void comma(int at) {}

  /** A string value, quotes included. */
  default void text(int from, int to, boolean escaped) {}

  /** A number, {@code true}, {@code false} or {@code null}. */
  default void plain(int from, int to) {}
}
