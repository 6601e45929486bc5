package io.github.wasmspring.bundle.mutated;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A module as a list of sections, which need not make sense. */
record Binary(List<Section> sections) {

  private static final int HEADER = 8;
  private static final byte[] MAGIC_AND_VERSION = {0, 'a', 's', 'm', 1, 0, 0, 0};

  /**
   * @param content what is behind id and length
   */
  record Section(int id, byte[] content) {

    static final int TYPE = 1;
    static final int CODE = 10;
  }

  /** Reads numbers as WebAssembly writes them. */
  static final class Reader {

    private final byte[] bytes;
    private int position;

    Reader(byte[] bytes, int position) {
      this.bytes = bytes;
      this.position = position;
    }

    int position() {
      return this.position;
    }

    int number() {
      int value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = this.bytes[this.position++];
        value |= (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    byte[] take(int length) {
      this.position += length;
      return Arrays.copyOfRange(this.bytes, this.position - length, this.position);
    }

    boolean hasMore() {
      return this.position < this.bytes.length;
    }
  }

  static Binary parse(byte[] module) {
    List<Section> sections = new ArrayList<>();
    Reader reader = new Reader(module, HEADER);
    while (reader.hasMore()) {
      int id = reader.number();
      sections.add(new Section(id, reader.take(reader.number())));
    }
    return new Binary(sections);
  }

  byte[] write() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC_AND_VERSION);
    for (Section section : this.sections) {
      out.write(section.id());
      out.writeBytes(number(section.content().length));
      out.writeBytes(section.content());
    }
    return out.toByteArray();
  }

  static byte[] number(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int rest = value;
    for (; (rest & ~0x7f) != 0; rest >>>= 7) {
      out.write(rest & 0x7f | 0x80);
    }
    out.write(rest);
    return out.toByteArray();
  }
}
