package io.github.wasmspring.load;

/**
 * Finds a section of a module without parsing the module; what is damaged is left to the parser.
 */
public final class SectionReader {

  private static final int HEADER = 8;
  private static final int CUSTOM = 0;

  private final byte[] bytes;
  private int position = HEADER;

  public SectionReader(byte[] module) {
    this.bytes = module;
  }

  /**
   * Goes to where the content of a section begins.
   *
   * @param wanted its id
   * @return how many bytes of it there are, -1 if there is no such section
   */
  public long find(int wanted) {
    while (this.position < this.bytes.length) {
      int section = this.bytes[this.position++];
      long length = number();
      if (section == wanted) {
        return Math.min(length, this.bytes.length - this.position);
      }
      this.position = (int) Math.min(this.bytes.length, this.position + length);
    }
    return -1;
  }

  /**
   * Where the section begins that is longer than what there is of it. A custom section may be: it
   * says nothing that running the module needs.
   *
   * @return -1 if there is none
   */
  int findCutOff() {
    while (this.position < this.bytes.length) {
      int start = this.position;
      if (this.bytes[this.position++] == CUSTOM) {
        long length = number();
        this.position += (int) Math.min(length, this.bytes.length - this.position);
        continue;
      }
      long length = number();
      boolean whole = this.position - 1 > start && this.bytes[this.position - 1] >= 0;
      if (!whole || length > this.bytes.length - this.position) {
        return start;
      }
      this.position += (int) length;
    }
    return -1;
  }

  /** An unsigned LEB128. */
  public long number() {
    long value = 0;
    for (int shift = 0; shift < 35 && this.position < this.bytes.length; shift += 7) {
      byte next = this.bytes[this.position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }
}
