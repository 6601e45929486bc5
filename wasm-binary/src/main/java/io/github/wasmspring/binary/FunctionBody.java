package io.github.wasmspring.binary;

/**
 * Where the body of a function stands in the bytes of its module, with its locals and without its
 * length.
 *
 * @param start the first byte
 * @param end the byte after the last
 */
public record FunctionBody(int start, int end) {

  public int length() {
    return this.end - this.start;
  }
}
