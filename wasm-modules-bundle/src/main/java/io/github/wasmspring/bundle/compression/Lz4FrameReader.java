package io.github.wasmspring.bundle.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads LZ4 frames that stand one after the other, skippable ones among them. */
final class Lz4FrameReader {

  private static final int SKIPPABLE = 0x184D2A50;
  private static final int HISTORY = 1 << 16;

  /** The library looks at nothing before it has as much as the shortest header. */
  private static final int LEAST_HEADER = 7;

  private final ByteBuffer in;
  private final BoundedOutput out;

  Lz4FrameReader(byte[] data, int limit) {
    this.in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    this.out = new BoundedOutput(Faults.limit(limit));
  }

  byte[] read() {
    do {
      need(LEAST_HEADER);
      if ((this.in.getInt(this.in.position()) & ~15) == SKIPPABLE) {
        skip();
      } else {
        frame(Lz4FrameHeader.read(this.in));
      }
    } while (this.in.hasRemaining());
    return this.out.toByteArray();
  }

  private void skip() {
    need(8);
    long length = Integer.toUnsignedLong(this.in.getInt(this.in.position() + 4));
    advance(8);
    need(length);
    advance((int) length);
  }

  private void frame(Lz4FrameHeader header) {
    int start = this.out.size();
    while (block(header, start)) {
      // The end mark answers false.
    }
    int size = this.out.size() - start;
    if (header.contentSize() != 0 && header.contentSize() != size) {
      throw Faults.data(this.in.position());
    }
    if (header.contentChecksum()) {
      checksum(this.out.bytes(), start, size);
    }
  }

  private boolean block(Lz4FrameHeader header, int frameStart) {
    need(4);
    int word = this.in.getInt();
    if (word == 0) {
      return false;
    }
    int length = word & Integer.MAX_VALUE;
    if (length > header.blockSize()) {
      throw Faults.data(this.in.position());
    }
    if (word < 0) {
      stored(header, length);
    } else {
      compressed(header, length, frameStart);
    }
    return true;
  }

  private void stored(Lz4FrameHeader header, int length) {
    int from = this.in.position();
    int there = Math.min(length, this.in.remaining());
    this.out.write(this.in.array(), from, there);
    need(length);
    advance(length);
    if (header.blockChecksum()) {
      checksum(this.in.array(), from, length);
    }
  }

  private void compressed(Lz4FrameHeader header, int length, int frameStart) {
    int from = this.in.position();
    need(header.blockChecksum() ? length + 4 : length);
    advance(length);
    if (header.blockChecksum()) {
      checksum(this.in.array(), from, length);
    }
    int history = header.independentBlocks() ? 0 : Math.min(HISTORY, this.out.size() - frameStart);
    Lz4Extent extent = Lz4Extent.of(this.in.array(), from, length, history);
    if (!extent.sound() || extent.size() > header.blockSize()) {
      throw Faults.data(from);
    }
    decode(from, length, extent.size());
  }

  /** A corrupt block is reported as such even if it is too large: it is decoded all the same. */
  private void decode(int from, int length, int size) {
    boolean fits = size <= this.out.left();
    BoundedOutput target = fits ? this.out : withHistory(size);
    int at = target.reserve(size);
    Lz4BlockDecoder decoder =
        new Lz4BlockDecoder(this.in.array(), from, length, target.bytes(), at, size);
    if (size > 0 && !decoder.decode()) {
      throw Faults.data(from);
    }
    if (!fits) {
      throw Faults.limit();
    }
  }

  private BoundedOutput withHistory(int size) {
    int history = Math.min(HISTORY, this.out.size());
    BoundedOutput copy = new BoundedOutput(history + size);
    copy.write(this.out.bytes(), this.out.size() - history, history);
    return copy;
  }

  private void checksum(byte[] bytes, int from, int length) {
    need(4);
    int at = this.in.position();
    if (this.in.getInt() != Lz4Checksum.of(bytes, from, length)) {
      throw Faults.checksum(at);
    }
  }

  private void need(long length) {
    if (length > this.in.remaining()) {
      throw Faults.truncated(this.in.limit());
    }
  }

  private void advance(int length) {
    this.in.position(this.in.position() + length);
  }
}
