package io.github.wasmspring.bundle.compression;

/**
 * A small writer of brotli, RFC 7932, for want of a library in Java: hash chains find matches, and
 * every meta-block has one Huffman code each for literals, lengths and distances. It knows no
 * static dictionary, no contexts and no block switches.
 */
final class BrotliEncoder {

  private static final int QUALITIES = 11;
  private static final int META_BLOCK = 1 << 18;

  /** 22 bits, in the notation of RFC 7932, 9.1. */
  private static final int WINDOW = 11;

  private final byte[] data;
  private final BrotliMatches matches;
  private final BitWriter out = new BitWriter();

  BrotliEncoder(byte[] data, int quality) {
    Faults.checkLevel(quality, QUALITIES, "quality");
    this.data = data;
    this.matches = new BrotliMatches(data, 1 << quality);
  }

  byte[] encode() {
    this.out.write(WINDOW, 4);
    for (int at = 0; at < this.data.length; at += META_BLOCK) {
      metaBlock(at, Math.min(this.data.length, at + META_BLOCK));
    }
    // The last meta-block, which is empty.
    this.out.write(3, 2);
    return this.out.toByteArray();
  }

  private void metaBlock(int from, int to) {
    long start = this.out.size();
    int distance = this.matches.lastDistance();
    header(to - from, false);
    new BrotliCommands(this.data, from, to, this.matches).write(this.out);
    if (this.out.size() - start > 8L * (to - from) + 32) {
      this.out.truncate(start);
      this.matches.forgetDistance(distance);
      header(to - from, true);
      this.out.align();
      for (int i = from; i < to; i++) {
        this.out.write(this.data[i] & 0xff, 8);
      }
    }
  }

  private void header(int length, boolean stored) {
    boolean five = length > 1 << 16;
    this.out.write(0, 1);
    this.out.write(five ? 1 : 0, 2);
    this.out.write(length - 1, five ? 20 : 16);
    this.out.write(stored ? 1 : 0, 1);
  }
}
