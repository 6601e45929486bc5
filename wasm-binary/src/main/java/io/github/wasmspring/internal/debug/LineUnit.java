package io.github.wasmspring.internal.debug;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.WasmBinaryException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one compilation unit: a header with the names of its files, and a program that makes
 * the rows.
 *
 * @see <a href="https://dwarfstd.org/doc/DWARF5.pdf">DWARF 5, section 6.2</a>
 */
final class LineUnit {

  private static final long LONG_FORMAT = 0xffff_ffffL;

  private final BinaryCursor in;
  private final FileNames names;
  private final SequenceList sequences;
  private final int codeLength;

  private boolean isLong;
  private int version;
  private int smallestStep;
  private int lineBase;
  private int lineRange;
  private int[] operands = new int[0];
  private int[] files = new int[16];
  private int fileCount;

  private long address;
  private long line;
  private long file;

  /**
   * @param in at the beginning of the unit
   */
  LineUnit(BinaryCursor in, FileNames names, SequenceList sequences, int codeLength) {
    this.in = in;
    this.names = names;
    this.sequences = sequences;
    this.codeLength = codeLength;
  }

  /**
   * Reads up to the end of the unit, however damaged it is.
   *
   * @throws WasmBinaryException if the end is not there
   */
  void read() {
    long length = fixed(4);
    this.isLong = length == LONG_FORMAT;
    if (this.isLong) {
      length = fixed(8);
    }
    int start = this.in.position();
    this.in.skip(length);
    int end = this.in.position();
    this.in.window(start, end);
    try {
      this.version = (int) fixed(2);
      if (this.version >= 2 && this.version <= 5) {
        readHeader();
        run();
      }
    } catch (WasmBinaryException | DamagedLines damaged) {
      // What it has said before is kept.
    }
    this.in.window(end, end);
  }

  private long fixed(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) this.in.octet() << 8 * i;
    }
    return value;
  }

  private void readHeader() {
    if (this.version >= 5) {
      this.in.skip(2);
    }
    long headerLength = fixed(this.isLong ? 8 : 4);
    int start = this.in.position();
    this.in.skip(headerLength);
    int program = this.in.position();
    int end = this.in.end();
    this.in.window(start, program);
    this.smallestStep = this.in.octet();
    if (this.version >= 4) {
      this.in.octet();
    }
    this.in.octet();
    this.lineBase = (byte) this.in.octet();
    this.lineRange = this.in.octet();
    int firstSpecial = this.in.octet();
    if (this.lineRange == 0 || firstSpecial == 0) {
      throw new DamagedLines();
    }
    this.operands = new int[firstSpecial];
    for (int i = 1; i < firstSpecial; i++) {
      this.operands[i] = this.in.octet();
    }
    if (this.version >= 5) {
      readEntries(false);
      readEntries(true);
    } else {
      addFile(FileNames.NONE);
      readOldFiles();
    }
    this.in.window(program, end);
  }

  private void addFile(int name) {
    if (this.fileCount == this.files.length) {
      this.files = Arrays.copyOf(this.files, 2 * this.fileCount);
    }
    this.files[this.fileCount++] = name;
  }

  private void readOldFiles() {
    Integer folder;
    do {
      folder = this.names.read(this.in);
    } while (folder != null);
    Integer name = this.names.read(this.in);
    while (name != null) {
      readOldFile(name);
      name = this.names.read(this.in);
    }
  }

  private void readOldFile(int name) {
    this.in.u64();
    this.in.u64();
    this.in.u64();
    addFile(name);
  }

  /**
   * @param areFiles whether they are files, else folders
   */
  private void readEntries(boolean areFiles) {
    LineEntryFormat format = new LineEntryFormat(this.in, this.isLong);
    long count = this.in.u64();
    // Without anything in them there could be any number.
    if (count < 0 || count > this.in.remaining() || format.isEmpty() && count > 0) {
      throw new DamagedLines();
    }
    for (long i = 0; i < count; i++) {
      int name = format.read(areFiles ? this.names : null);
      if (areFiles) {
        addFile(name);
      }
    }
  }

  private void run() {
    reset();
    this.sequences.begin();
    while (this.in.hasMore() && !this.sequences.isFull()) {
      int opcode = this.in.octet();
      if (opcode >= this.operands.length) {
        special(opcode - this.operands.length);
      } else if (opcode == 0) {
        extended();
      } else {
        standard(opcode);
      }
    }
  }

  private void reset() {
    this.address = 0;
    this.line = 1;
    this.file = 1;
  }

  private void advance(long steps) {
    this.address = this.address + steps * this.smallestStep & LONG_FORMAT;
  }

  private void special(int adjusted) {
    advance(adjusted / this.lineRange);
    this.line += this.lineBase + adjusted % this.lineRange;
    addRow();
  }

  private void addRow() {
    boolean known = this.file >= 0 && this.file < this.fileCount;
    boolean possible = this.line > 0 && this.line <= Integer.MAX_VALUE;
    this.sequences.add(
        this.address,
        possible ? (int) this.line : 0,
        known ? this.files[(int) this.file] : FileNames.NONE);
  }

  private void standard(int opcode) {
    switch (opcode) {
      case 1 -> addRow();
      case 2 -> advance(this.in.u64());
      case 3 -> this.line += this.in.s64();
      case 4 -> this.file = this.in.u64();
      case 8 -> advance((255 - this.operands.length) / this.lineRange);
      case 9 -> this.address = this.address + fixed(2) & LONG_FORMAT;
      default -> {
        for (int i = 0; i < this.operands[opcode]; i++) {
          this.in.u64();
        }
      }
    }
  }

  private void extended() {
    int length = this.in.length();
    int end = this.in.position() + length;
    int opcode = length == 0 ? 0 : this.in.octet();
    switch (opcode) {
      case 1 -> {
        this.sequences.end(this.address, this.codeLength);
        reset();
      }
      case 2 -> this.address = fixed(Math.min(length - 1, 8));
      case 3 -> {
        @Nullable Integer name = this.names.read(this.in);
        if (name != null) {
          readOldFile(name);
        }
      }
      default -> {}
    }
    if (this.in.position() > end) {
      throw new DamagedLines();
    }
    this.in.skip(end - this.in.position());
  }
}
