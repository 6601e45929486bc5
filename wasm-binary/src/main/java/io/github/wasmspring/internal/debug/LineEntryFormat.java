package io.github.wasmspring.internal.debug;

import io.github.wasmspring.binary.BinaryCursor;
import org.jspecify.annotations.Nullable;

/** What DWARF 5 says of each file or folder of a unit, and in which forms. */
final class LineEntryFormat {

  private static final int PATH = 1;

  private final BinaryCursor in;
  private final boolean isLong;
  private final long[] contents;
  private final long[] forms;

  /**
   * Reads it.
   *
   * @param isLong whether offsets have 64 bits
   */
  LineEntryFormat(BinaryCursor in, boolean isLong) {
    this.in = in;
    this.isLong = isLong;
    int count = in.octet();
    this.contents = new long[count];
    this.forms = new long[count];
    for (int i = 0; i < count; i++) {
      this.contents[i] = in.u64();
      this.forms[i] = in.u64();
    }
  }

  boolean isEmpty() {
    return this.forms.length == 0;
  }

  /**
   * Reads an entry.
   *
   * @param names {@code null} if nobody wants to know what it is called
   * @return the index of its name
   */
  int read(@Nullable FileNames names) {
    int name = FileNames.NONE;
    for (int i = 0; i < this.forms.length; i++) {
      FileNames wanted = this.contents[i] == PATH ? names : null;
      switch ((int) Math.min(this.forms[i] & Long.MAX_VALUE, Integer.MAX_VALUE)) {
        case 0x08 -> {
          if (wanted != null) {
            Integer read = wanted.read(this.in);
            name = read == null ? FileNames.NONE : read;
          } else {
            skipText();
          }
        }
        case 0x0e, 0x1f -> {
          long offset = offset();
          name = wanted != null ? wanted.at(offset, this.forms[i] == 0x1f) : name;
        }
        case 0x0f -> this.in.u64();
        case 0x0b -> this.in.skip(1);
        case 0x05 -> this.in.skip(2);
        case 0x06 -> this.in.skip(4);
        case 0x07 -> this.in.skip(8);
        case 0x1e -> this.in.skip(16);
        case 0x09 -> this.in.skip(this.in.length());
        case 0x0a -> this.in.skip(this.in.octet());
        default -> throw new DamagedLines();
      }
    }
    return name;
  }

  private void skipText() {
    while (this.in.octet() != 0) {
      // Up to its end.
    }
  }

  private long offset() {
    long offset = 0;
    for (int i = 0; i < (this.isLong ? 8 : 4); i++) {
      offset |= (long) this.in.octet() << 8 * i;
    }
    return offset;
  }
}
