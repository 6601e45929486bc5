package io.github.wasmspring.bundle.compression;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A prefix code of a meta-block, RFC 7932, 3. */
final class BrotliCode {

  private static final int LONGEST = 15;
  private static final int LONGEST_OF_LENGTHS = 5;

  /** How the lengths of the code of the lengths stand in the stream. */
  private static final int[] ORDER = {1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15};

  private static final int[] LENGTH_BITS = {0, 7, 3, 2, 1, 15};
  private static final int[] LENGTH_COUNTS = {2, 4, 3, 2, 2, 4};

  private final int[] lengths;
  private final int[] codes;

  private BrotliCode(int[] lengths) {
    this.lengths = lengths;
    this.codes = HuffmanLengths.codes(lengths);
  }

  /** Makes the best code for symbols that occur so often, and writes it. */
  static BrotliCode write(BitWriter out, int[] counts) {
    List<Integer> used =
        IntStream.range(0, counts.length).filter(i -> counts[i] > 0).boxed().toList();
    if (used.size() <= 1) {
      // Such a symbol takes no bits. An alphabet that is not used has to have one.
      writeSimple(out, used.isEmpty() ? List.of(0) : used, counts.length);
      return new BrotliCode(new int[counts.length]);
    }
    BrotliCode code = new BrotliCode(HuffmanLengths.of(counts, LONGEST));
    if (used.size() <= 4) {
      code.writeSimple(out, used);
    } else {
      code.writeLengths(out);
    }
    return code;
  }

  void symbol(BitWriter out, int symbol) {
    out.write(this.codes[symbol], this.lengths[symbol]);
  }

  private void writeSimple(BitWriter out, List<Integer> used) {
    List<Integer> sorted =
        used.stream().sorted(Comparator.comparing(symbol -> this.lengths[symbol])).toList();
    writeSimple(out, sorted, this.lengths.length);
    if (sorted.size() == 4) {
      out.write(this.lengths[sorted.get(3)] == 3 ? 1 : 0, 1);
    }
  }

  private static void writeSimple(BitWriter out, List<Integer> symbols, int alphabet) {
    int bits = 32 - Integer.numberOfLeadingZeros(alphabet - 1);
    out.write(1, 2);
    out.write(symbols.size() - 1, 2);
    symbols.forEach(symbol -> out.write(symbol, bits));
  }

  private void writeLengths(BitWriter out) {
    int end = this.lengths.length;
    while (this.lengths[end - 1] == 0) {
      end--;
    }
    BrotliLengthRuns runs = new BrotliLengthRuns(this.lengths, end);
    int[] counts = runs.counts();
    boolean single = IntStream.of(counts).filter(count -> count > 0).count() == 1;
    int[] lengthsOfLengths = HuffmanLengths.of(counts, LONGEST_OF_LENGTHS);
    out.write(0, 2);
    int space = 32;
    for (int i = 0; i < ORDER.length && space > 0; i++) {
      int length = lengthsOfLengths[ORDER[i]];
      out.write(LENGTH_BITS[length], LENGTH_COUNTS[length]);
      space -= length == 0 ? 0 : 32 >> length;
    }
    runs.write(
        out, single ? new BrotliCode(new int[counts.length]) : new BrotliCode(lengthsOfLengths));
  }
}
