package io.github.wasmspring.bundle.compression;

/**
 * What a block says about itself before anything of it is decoded.
 *
 * @param size decoded, if it is sound
 * @param sound false where it breaks the format
 * @param truncated then: true where it ends within a sequence
 * @param offset then: where that sequence begins, from the beginning of the block
 */
record Lz4Extent(int size, boolean sound, boolean truncated, int offset) {

  /** More than any block has; far from where 32 bits end. */
  private static final int MOST = 0x7e000000;

  private enum Verdict {
    FINE,
    CORRUPT,
    TRUNCATED
  }

  /**
   * @param history how many bytes before the output a match may reach to
   */
  static Lz4Extent of(byte[] block, int from, int length, int history) {
    return new Walk(block, from, from + length, history).walk();
  }

  private static final class Walk {

    private final byte[] block;
    private final int from;
    private final int end;
    private final int history;
    private int at;
    private long size;
    private long length;
    private long matchStart;
    private long matchEnd;

    Walk(byte[] block, int from, int end, int history) {
      this.block = block;
      this.from = from;
      this.end = end;
      this.history = history;
      this.at = from;
    }

    Lz4Extent walk() {
      while (this.at < this.end) {
        int start = this.at - this.from;
        int token = this.block[this.at++] & 0xff;
        Verdict verdict = literals(token);
        if (verdict == Verdict.FINE && this.at == this.end) {
          return new Lz4Extent((int) this.size, endsWell(), false, start);
        }
        if (verdict == Verdict.FINE) {
          verdict = match(token);
        }
        if (verdict != Verdict.FINE) {
          return new Lz4Extent(0, false, verdict == Verdict.TRUNCATED, start);
        }
      }
      return new Lz4Extent(0, false, true, this.end - this.from);
    }

    private Verdict length(int first) {
      this.length = first;
      if (first < 15) {
        return Verdict.FINE;
      }
      while (true) {
        if (this.at >= this.end) {
          return Verdict.TRUNCATED;
        }
        int more = this.block[this.at++] & 0xff;
        this.length += more;
        if (more < 255) {
          return Verdict.FINE;
        }
        if (this.length > MOST) {
          return Verdict.CORRUPT;
        }
      }
    }

    private Verdict literals(int token) {
      Verdict verdict = length(token >> 4);
      if (verdict != Verdict.FINE) {
        return verdict;
      }
      if (this.length > this.end - this.at) {
        return Verdict.TRUNCATED;
      }
      this.at += (int) this.length;
      this.size += this.length;
      return this.size <= MOST ? Verdict.FINE : Verdict.CORRUPT;
    }

    private Verdict match(int token) {
      if (this.end - this.at < 2) {
        return Verdict.TRUNCATED;
      }
      int offset = this.block[this.at] & 0xff | (this.block[this.at + 1] & 0xff) << 8;
      if (offset == 0 || offset > this.size + this.history) {
        return Verdict.CORRUPT;
      }
      this.at += 2;
      Verdict verdict = length(token & 15);
      this.matchStart = this.size;
      this.size += this.length + 4;
      this.matchEnd = this.size;
      return verdict == Verdict.FINE && this.size > MOST ? Verdict.CORRUPT : verdict;
    }

    /** The end of a block is literals, so that decoders may copy eight bytes at a time. */
    private boolean endsWell() {
      if (this.matchEnd == 0) {
        return this.size > 0 || this.end - this.from == 1 && this.block[this.from] == 0;
      }
      return this.size - this.matchEnd >= 5 && this.size - this.matchStart >= 12;
    }
  }
}
