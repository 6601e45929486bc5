package io.github.wasmspring.benchmarks.compare;

/** The guest {@code jpeg}: the Rust crate {@code jpeg-decoder}. */
public interface Jpeg {

  /**
   * Decodes a picture in colour.
   *
   * @param jpeg a whole file
   * @return three bytes a pixel, red, green and blue, row by row
   */
  default byte[] decodeRgb(byte[] jpeg) {
    return JavaJpeg.decodeRgb(jpeg);
  }
}
