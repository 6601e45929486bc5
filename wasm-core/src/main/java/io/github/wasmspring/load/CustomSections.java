package io.github.wasmspring.load;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Leaves out custom sections. They say nothing that running a module needs, so however damaged they
 * are, and whatever a parser thinks of them, the module runs without.
 */
public final class CustomSections {

  private static final int HEADER = 8;
  private static final int CUSTOM = 0;
  private static final byte[] NAME = {4, 'n', 'a', 'm', 'e'};
  private static final int FUNCTION_NAMES = 1;

  private final byte[] module;
  private final boolean keepNames;
  private int position = HEADER;

  private CustomSections(byte[] module, boolean keepNames) {
    this.module = module;
    this.keepNames = keepNames;
  }

  /** The module without any of them; the same array if it has none. */
  public static byte[] remove(byte[] module) {
    return new CustomSections(module, false).leaveOut();
  }

  /** The module without any but names that can be read; the same array if it has no others. */
  public static byte[] removeAllButNames(byte[] module) {
    return new CustomSections(module, true).leaveOut();
  }

  private byte[] leaveOut() {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    int copied = 0;
    while (this.position < this.module.length) {
      int start = this.position;
      int id = this.module[this.position++];
      long length = number();
      int content = this.position;
      boolean whole = length <= this.module.length - content;
      int end = whole ? content + (int) length : this.module.length;
      if (id == CUSTOM && !(this.keepNames && whole && areNames(end))) {
        kept.write(this.module, copied, start - copied);
        copied = end;
      }
      this.position = end;
    }
    if (copied == 0) {
      return this.module;
    }
    kept.write(this.module, copied, this.module.length - copied);
    return kept.toByteArray();
  }

  private boolean areNames(int end) {
    int subsections = this.position + NAME.length;
    if (subsections > end
        || !Arrays.equals(this.module, this.position, subsections, NAME, 0, NAME.length)) {
      return false;
    }
    this.position = subsections;
    while (this.position < end) {
      int id = this.module[this.position++];
      long length = number();
      if (length > end - this.position) {
        return false;
      }
      int next = this.position + (int) length;
      if (id == FUNCTION_NAMES && !areFunctionNames(next)) {
        return false;
      }
      this.position = next;
    }
    return this.position == end;
  }

  private boolean areFunctionNames(int end) {
    for (long left = number(); left > 0; left--) {
      number();
      long length = number();
      if (length > end - this.position) {
        return false;
      }
      this.position += (int) length;
    }
    return this.position == end;
  }

  /** An unsigned LEB128; the end of the module ends it, too. */
  private long number() {
    long value = 0;
    for (int shift = 0; shift < 35 && this.position < this.module.length; shift += 7) {
      byte next = this.module[this.position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }
}
