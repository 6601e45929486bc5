package io.github.wasmspring.data;

import java.io.ByteArrayOutputStream;

/** The texts of a program, one behind the other. */
final class DataTexts {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Where it begins, and how long it is. */
  int[] add(byte[] text) {
    int begin = this.bytes.size();
    this.bytes.writeBytes(text);
    return new int[] {begin, text.length};
  }

  byte[] bytes() {
    return this.bytes.toByteArray();
  }
}
