package io.github.wasmspring.binary;

import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what the binary format is made of, from a position up to an end, and never beyond it.
 * Nothing is allocated for a length or a count before the bytes for it are known to be there.
 *
 * @see <a href="https://webassembly.github.io/spec/core/binary/values.html">Values</a>
 */
public final class BinaryCursor {

  private static final int LONGEST_U32 = 5;
  private static final int LONGEST_U64 = 10;

  private final byte[] bytes;
  private int position;
  private int end;

  /**
   * @param start the first byte to read
   * @param end the byte after the last
   */
  public BinaryCursor(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    window(start, end);
  }

  /** Goes on between two other places. */
  public void window(int newStart, int newEnd) {
    if (newStart < 0 || newEnd < newStart || newEnd > this.bytes.length) {
      throw new IndexOutOfBoundsException(
          "%d to %d of %d bytes".formatted(newStart, newEnd, this.bytes.length));
    }
    this.position = newStart;
    this.end = newEnd;
  }

  public int position() {
    return this.position;
  }

  public int end() {
    return this.end;
  }

  public int remaining() {
    return this.end - this.position;
  }

  public boolean hasMore() {
    return this.position < this.end;
  }

  /** A byte, 0 to 255. */
  public int octet() {
    if (this.position >= this.end) {
      throw unexpectedEnd();
    }
    return this.bytes[this.position++] & 0xff;
  }

  /** The byte that comes next, which is not read yet. */
  public int peek() {
    if (this.position >= this.end) {
      throw unexpectedEnd();
    }
    return this.bytes[this.position] & 0xff;
  }

  /**
   * @throws WasmBinaryException if there are not that many bytes
   */
  public void skip(long length) {
    if (length < 0 || length > remaining()) {
      throw new WasmBinaryException(
          Kind.MALFORMED,
          "unexpected end: %d bytes should follow, and %d do".formatted(length, remaining()),
          this.position);
    }
    this.position += (int) length;
  }

  /** An unsigned LEB128 of 32 bits, from 0 to 2³²−1. */
  public long u32() {
    int first = octet();
    return first < 0x80 ? first : longerU32(first);
  }

  private long longerU32(int first) {
    int start = this.position - 1;
    long value = first & 0x7f;
    for (int i = 1; i < LONGEST_U32; i++) {
      int next = octet();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next < 0x80) {
        if (value > 0xffff_ffffL) {
          throw tooLarge(start);
        }
        return value;
      }
    }
    throw tooLong(start);
  }

  /** An index or a number of things, from 0 to 2³¹−1. */
  public int index() {
    int start = this.position;
    long value = u32();
    if (value > Integer.MAX_VALUE) {
      throw tooLarge(start);
    }
    return (int) value;
  }

  /** An unsigned LEB128 of 64 bits, as the bits of a {@code long}. */
  public long u64() {
    int start = this.position;
    long value = 0;
    for (int i = 0; i < LONGEST_U64; i++) {
      int next = octet();
      value |= (long) (next & 0x7f) << (7 * i);
      if (next < 0x80) {
        if (i == LONGEST_U64 - 1 && next > 1) {
          throw tooLarge(start);
        }
        return value;
      }
    }
    throw tooLong(start);
  }

  public int s32() {
    return (int) signed(32);
  }

  /** A signed LEB128 of 33 bits, as block types and heap types are written. */
  public long s33() {
    return signed(33);
  }

  public long s64() {
    return signed(64);
  }

  private long signed(int bits) {
    int start = this.position;
    int longest = (bits + 6) / 7;
    long value = 0;
    for (int i = 0; i < longest; i++) {
      int next = octet();
      int shift = 7 * i;
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        if (i == longest - 1 && !isSignExtended(next, bits - shift)) {
          throw tooLarge(start);
        }
        int unused = Long.SIZE - Math.min(Long.SIZE, shift + 7);
        return value << unused >> unused;
      }
    }
    throw tooLong(start);
  }

  /** Whether the bits of the last byte that are not used say the same as the sign. */
  private static boolean isSignExtended(int last, int used) {
    int sign = last << (Integer.SIZE - 7) >> (Integer.SIZE - 7 + used - 1);
    return sign == 0 || sign == -1;
  }

  /**
   * A count of things of which each takes at least one byte.
   *
   * @param what they are, in the plural
   * @param most how many are allowed
   */
  int count(String what, int most) {
    int start = this.position;
    long count = u32();
    if (count > most) {
      throw new WasmBinaryException(
          Kind.LIMIT, "%d %s, and %d are allowed".formatted(count, what, most), start);
    }
    if (count > remaining()) {
      throw new WasmBinaryException(
          Kind.MALFORMED,
          "unexpected end: %d %s should follow in %d bytes".formatted(count, what, remaining()),
          start);
    }
    return (int) count;
  }

  /** The length of what comes next; its bytes are there. */
  public int length() {
    int start = this.position;
    long length = u32();
    if (length > remaining()) {
      throw new WasmBinaryException(
          Kind.MALFORMED,
          "unexpected end: a length of %d bytes, and %d follow".formatted(length, remaining()),
          start);
    }
    return (int) length;
  }

  /** A name, which is UTF-8. */
  public String name() {
    int length = length();
    int start = this.position;
    this.position += length;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(this.bytes, start, length))
          .toString();
    } catch (CharacterCodingException notText) {
      throw new WasmBinaryException(Kind.MALFORMED, "malformed UTF-8 encoding of a name", start);
    }
  }

  private WasmBinaryException unexpectedEnd() {
    return new WasmBinaryException(Kind.MALFORMED, "unexpected end", this.position);
  }

  private static WasmBinaryException tooLong(int start) {
    return new WasmBinaryException(Kind.MALFORMED, "integer representation too long", start);
  }

  private static WasmBinaryException tooLarge(int start) {
    return new WasmBinaryException(Kind.MALFORMED, "integer too large", start);
  }
}
