package io.github.wasmspring.binary;

import java.util.ArrayList;
import java.util.List;

/** Reads custom sections, whatever is wrong with them. */
final class CustomSectionReader {

  /** Nobody needs more, and a file may have millions. */
  private static final int MOST = 1_000;

  final List<CustomSection> named = new ArrayList<>();

  private final BinaryCursor in;
  private final List<Section> sections;

  /**
   * @param sections gets each, as one of all sections
   */
  CustomSectionReader(BinaryCursor in, List<Section> sections) {
    this.in = in;
    this.sections = sections;
  }

  /**
   * Custom sections mean nothing, so that damage in them is no reason to refuse a module; one that
   * says to be longer than what follows is all that follows.
   */
  void read(int header) {
    int moduleEnd = this.in.end();
    int end = moduleEnd;
    String name = null;
    boolean whole = true;
    try {
      long length = this.in.u32();
      whole = length <= this.in.remaining();
      end = whole ? this.in.position() + (int) length : end;
    } catch (WasmBinaryException damaged) {
      whole = false;
    }
    int start = Math.min(this.in.position(), end);
    this.in.window(start, end);
    int contents = start;
    try {
      name = whole ? this.in.name() : null;
      contents = whole ? this.in.position() : start;
    } catch (WasmBinaryException damaged) {
      // It is kept in mind as a damaged one.
    }
    if (this.named.size() < MOST) {
      this.sections.add(new Section(SectionId.CUSTOM, header, start, end));
      this.named.add(new CustomSection(name, contents, end));
    }
    this.in.window(end, moduleEnd);
  }
}
