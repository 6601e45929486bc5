package io.github.wasmspring.validate;

import static io.github.wasmspring.validate.StackType.F32;
import static io.github.wasmspring.validate.StackType.F64;
import static io.github.wasmspring.validate.StackType.I32;
import static io.github.wasmspring.validate.StackType.I64;
import static io.github.wasmspring.validate.StackType.V128;

import io.github.wasmspring.binary.BinaryCursor;

/**
 * What instructions on vectors take and give.
 *
 * @see <a
 *     href="https://webassembly.github.io/spec/core/valid/instructions.html#vector-instructions">Vector
 *     instructions</a>
 */
final class VectorRules {

  private static final int STORE = 0x0b;
  private static final int SHUFFLE = 0x0d;
  private static final int SHUFFLED_LANES = 32;

  private static final byte UNARY = 1;
  private static final byte BINARY = 2;
  private static final byte TERNARY = 3;
  private static final byte SHIFT = 4;
  private static final byte TEST = 5;

  private static final byte[] FORM = new byte[0x114];
  private static final int[] ALIGNMENT = {4, 3, 3, 3, 3, 3, 3, 0, 1, 2, 3, 4};
  private static final int[] SPLATTED = {I32, I32, I32, I64, F32, F64};

  /** Of the instructions on one lane, which begin with 0x15. */
  private static final int[] LANE = {
    I32, I32, I32, I32, I32, I32, I32, I32, I64, I64, F32, F32, F64, F64
  };

  private static final int[] LANES = {16, 16, 16, 8, 8, 8, 4, 4, 2, 2, 4, 4, 2, 2};

  static {
    fill(BINARY, 0x0e, 0x0e);
    fill(BINARY, 0x23, 0x4c);
    fill(UNARY, 0x4d, 0x4d);
    fill(BINARY, 0x4e, 0x51);
    fill(TERNARY, 0x52, 0x52);
    fill(TEST, 0x53, 0x53);
    fill(UNARY, 0x5e, 0x62);
    fill(TEST, 0x63, 0x64);
    fill(BINARY, 0x65, 0x66);
    fill(UNARY, 0x67, 0x6a);
    fill(SHIFT, 0x6b, 0x6d);
    fill(BINARY, 0x6e, 0x73);
    fill(UNARY, 0x74, 0x75);
    fill(BINARY, 0x76, 0x79);
    fill(UNARY, 0x7a, 0x7a);
    fill(BINARY, 0x7b, 0x7b);
    fill(UNARY, 0x7c, 0x81);
    for (int shape = 0x80; shape <= 0xc0; shape += 0x20) {
      fill(UNARY, shape, shape + 0x01);
      fill(BINARY, shape + 0x02, shape + 0x02);
      fill(TEST, shape + 0x03, shape + 0x04);
      fill(BINARY, shape + 0x05, shape + 0x06);
      fill(UNARY, shape + 0x07, shape + 0x0a);
      fill(SHIFT, shape + 0x0b, shape + 0x0d);
      fill(BINARY, shape + 0x0e, shape + 0x1f);
    }
    fill(UNARY, 0x94, 0x94);
    fill(UNARY, 0xe0, 0xe3);
    fill(BINARY, 0xe4, 0xeb);
    fill(UNARY, 0xec, 0xef);
    fill(BINARY, 0xf0, 0xf7);
    fill(UNARY, 0xf8, 0xff);
    fill(BINARY, 0x100, 0x100);
    fill(UNARY, 0x101, 0x104);
    fill(TERNARY, 0x105, 0x10c);
    fill(BINARY, 0x10d, 0x112);
    fill(TERNARY, 0x113, 0x113);
  }

  private final BinaryCursor in;
  private final Position place;
  private final OperandStack stack;
  private final StorageRules memory;

  VectorRules(BinaryCursor in, Position place, OperandStack stack, StorageRules memory) {
    this.in = in;
    this.place = place;
    this.stack = stack;
    this.memory = memory;
  }

  private static void fill(byte form, int first, int last) {
    for (int number = first; number <= last; number++) {
      FORM[number] = form;
    }
  }

  /**
   * @param number what follows the prefix; one that there is
   */
  void apply(int number) {
    if (number <= STORE) {
      access(number);
    } else if (number <= SHUFFLE) {
      constant(number);
    } else if (number >= 0x0f && number <= 0x14) {
      this.stack.pop(SPLATTED[number - 0x0f]);
      this.stack.push(V128);
    } else if (number >= 0x15 && number <= 0x22) {
      lane(number - 0x15);
    } else if (number >= 0x54 && number <= 0x5b) {
      accessLane(number - 0x54);
    } else if (number == 0x5c || number == 0x5d) {
      this.stack.pop(this.memory.access(number - 0x5a));
      this.stack.push(V128);
    } else {
      whole(FORM[number]);
    }
  }

  private void access(int number) {
    int address = this.memory.access(ALIGNMENT[number]);
    if (number == STORE) {
      this.stack.pop(V128);
      this.stack.pop(address);
    } else {
      this.stack.pop(address);
      this.stack.push(V128);
    }
  }

  private void constant(int number) {
    if (number == SHUFFLE) {
      for (int i = 0; i < 16; i++) {
        checkLane(this.in.octet(), SHUFFLED_LANES);
      }
      this.stack.pop(V128);
      this.stack.pop(V128);
    } else {
      this.in.skip(16);
    }
    this.stack.push(V128);
  }

  private void lane(int which) {
    checkLane(this.in.octet(), LANES[which]);
    if (which == 2 || which == 5 || which > 5 && which % 2 == 1) {
      this.stack.pop(LANE[which]);
      this.stack.pop(V128);
      this.stack.push(V128);
    } else {
      this.stack.pop(V128);
      this.stack.push(LANE[which]);
    }
  }

  private void accessLane(int which) {
    int width = which & 3;
    int address = this.memory.access(width);
    checkLane(this.in.octet(), 16 >> width);
    this.stack.pop(V128);
    this.stack.pop(address);
    if (which < 4) {
      this.stack.push(V128);
    }
  }

  private void checkLane(int lane, int lanes) {
    if (lane >= lanes) {
      throw this.place.invalid("invalid lane index %d: there are %d".formatted(lane, lanes));
    }
  }

  private void whole(byte form) {
    switch (form) {
      case UNARY, TEST -> this.stack.pop(V128);
      case SHIFT -> {
        this.stack.pop(I32);
        this.stack.pop(V128);
      }
      case BINARY -> {
        this.stack.pop(V128);
        this.stack.pop(V128);
      }
      case TERNARY -> {
        this.stack.pop(V128);
        this.stack.pop(V128);
        this.stack.pop(V128);
      }
      default -> throw this.place.malformed("illegal opcode");
    }
    this.stack.push(form == TEST ? I32 : V128);
  }
}
