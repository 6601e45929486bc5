package io.github.wasmspring.feature;

import io.github.wasmspring.feature.ModuleCursor.Lost;

/** Reads instructions, each for what it is and how long. */
final class InstructionScan {

  private static final int END = 0x0b;

  private final ModuleCursor in;
  private final FeatureLog log;
  private final TypeScan types;

  InstructionScan(ModuleCursor in, FeatureLog log, TypeScan types) {
    this.in = in;
    this.log = log;
    this.types = types;
  }

  /** All that there are up to the end of what can be read. */
  void body() {
    while (this.in.hasMore()) {
      instruction();
    }
  }

  /** A constant expression. */
  void constant() {
    while (true) {
      switch (this.in.peek()) {
        case END -> {
          this.in.octet();
          return;
        }
        case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> {
          this.log.at(this.in.position());
          this.log.met(WasmFeature.EXTENDED_CONST);
          this.in.octet();
        }
        default -> instruction();
      }
    }
  }

  /** An expression of an element segment, where references to functions came with bulk memory. */
  void element() {
    int opcode = this.in.peek();
    if (opcode == 0xd2) {
      this.in.octet();
      this.in.number();
    }
    constant();
  }

  private void instruction() {
    this.log.at(this.in.position());
    int opcode = this.in.octet();
    if (opcode >= 0x45 && opcode <= 0xbf) {
      return;
    }
    if (opcode >= 0x28 && opcode <= 0x3e) {
      memoryAccess();
      return;
    }
    switch (opcode) {
      case 0x00, 0x01, 0x05, END, 0x0f, 0x1a, 0x1b -> {}
      case 0x02, 0x03, 0x04 -> this.types.block();
      case 0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24 -> this.in.number();
      case 0x0e -> skipNumbers(this.in.number() + 1);
      case 0x11 -> {
        this.in.number();
        table();
      }
      case 0x3f, 0x40 -> memory();
      case 0x41, 0x42 -> this.in.skipNumber();
      case 0x43 -> this.in.skip(4);
      case 0x44 -> this.in.skip(8);
      case 0xc0, 0xc1, 0xc2, 0xc3, 0xc4 -> this.log.met(WasmFeature.SIGN_EXTENSION);
      case 0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19, 0x1f -> exceptions(opcode);
      case 0x12, 0x13, 0x14, 0x15 -> calls(opcode);
      case 0x1c, 0x25, 0x26, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6 -> references(opcode);
      case 0xfb -> collected((int) this.in.number());
      case 0xfc -> bulk((int) this.in.number());
      case 0xfd -> vector((int) this.in.number());
      case 0xfe -> atomic((int) this.in.number());
      case 0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6 -> {
        this.log.met(WasmFeature.STACK_SWITCHING);
        throw new Lost();
      }
      default -> throw new Lost();
    }
  }

  private void skipNumbers(long count) {
    for (long left = count; left > 0; left--) {
      this.in.skipNumber();
    }
  }

  /** With bit 6 of the alignment set, the index of a memory follows. */
  private void memoryAccess() {
    if ((this.in.number() & 0x40) != 0) {
      this.log.met(WasmFeature.MULTI_MEMORY);
      this.in.number();
    }
    this.in.skipNumber();
  }

  private void memory() {
    if (this.in.number() != 0) {
      this.log.met(WasmFeature.MULTI_MEMORY);
    }
  }

  private void table() {
    if (this.in.number() != 0) {
      this.log.met(WasmFeature.REFERENCE_TYPES);
    }
  }

  private void exceptions(int opcode) {
    switch (opcode) {
      case 0x08 -> {
        this.log.metException();
        this.in.number();
      }
      case 0x0a -> this.log.met(WasmFeature.EXCEPTION_HANDLING);
      case 0x1f -> {
        this.log.met(WasmFeature.EXCEPTION_HANDLING);
        this.types.block();
        for (long left = this.in.number(); left > 0; left--) {
          skipNumbers(this.in.octet() < 2 ? 2 : 1);
        }
      }
      default -> {
        this.log.met(WasmFeature.LEGACY_EXCEPTION_HANDLING);
        if (opcode == 0x06) {
          this.types.block();
        } else if (opcode != 0x19) {
          this.in.number();
        }
      }
    }
  }

  private void calls(int opcode) {
    if (opcode != 0x14) {
      this.log.met(WasmFeature.TAIL_CALL);
    }
    if (opcode >= 0x14) {
      this.log.met(WasmFeature.TYPED_FUNCTION_REFERENCES);
    }
    this.in.number();
    if (opcode == 0x13) {
      table();
    }
  }

  private void references(int opcode) {
    this.log.met(WasmFeature.REFERENCE_TYPES);
    switch (opcode) {
      case 0x1c -> {
        for (long left = this.in.number(); left > 0; left--) {
          this.types.value();
        }
      }
      case 0x25, 0x26, 0xd2 -> this.in.number();
      case 0xd0 -> this.types.heap();
      case 0xd3 -> this.log.met(WasmFeature.GC);
      case 0xd4 -> this.log.met(WasmFeature.TYPED_FUNCTION_REFERENCES);
      case 0xd5, 0xd6 -> {
        this.log.met(WasmFeature.TYPED_FUNCTION_REFERENCES);
        this.in.number();
      }
      default -> {}
    }
  }

  private void collected(int number) {
    this.log.met(WasmFeature.GC);
    switch (number) {
      case 0, 1, 6, 7, 11, 12, 13, 14, 16 -> this.in.number();
      case 2, 3, 4, 5, 8, 9, 10, 17, 18, 19 -> skipNumbers(2);
      case 20, 21, 22, 23 -> this.types.heap();
      case 24, 25 -> {
        this.in.octet();
        this.in.number();
        this.types.heap();
        this.types.heap();
      }
      case 15, 26, 27, 28, 29, 30 -> {}
      default -> throw new Lost();
    }
  }

  private void bulk(int number) {
    switch (number) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> this.log.met(WasmFeature.NONTRAPPING_FLOAT_TO_INT);
      case 8 -> {
        this.log.met(WasmFeature.BULK_MEMORY);
        this.in.number();
        memory();
      }
      case 9, 13 -> {
        this.log.met(WasmFeature.BULK_MEMORY);
        this.in.number();
      }
      case 10 -> {
        this.log.met(WasmFeature.BULK_MEMORY);
        memory();
        memory();
      }
      case 11 -> {
        this.log.met(WasmFeature.BULK_MEMORY);
        memory();
      }
      case 12 -> {
        this.log.met(WasmFeature.BULK_MEMORY);
        this.in.number();
        table();
      }
      case 14 -> {
        this.log.met(WasmFeature.BULK_MEMORY);
        table();
        table();
      }
      case 15, 16, 17 -> {
        this.log.met(WasmFeature.REFERENCE_TYPES);
        this.in.number();
      }
      case 19, 20, 21, 22 -> this.log.met(WasmFeature.WIDE_ARITHMETIC);
      default -> throw new Lost();
    }
  }

  private void vector(int number) {
    this.log.met(WasmFeature.SIMD);
    if (number <= 11 || number == 92 || number == 93) {
      memoryAccess();
    } else if (number == 12 || number == 13) {
      this.in.skip(16);
    } else if (number >= 21 && number <= 34) {
      this.in.octet();
    } else if (number >= 84 && number <= 91) {
      memoryAccess();
      this.in.octet();
    } else if (number >= 0x100 && number <= 0x113) {
      this.log.met(WasmFeature.RELAXED_SIMD);
    } else if (number > 0x100) {
      throw new Lost();
    }
  }

  private void atomic(int number) {
    this.log.met(WasmFeature.THREADS);
    if (number == 3) {
      this.in.octet();
    } else if (number <= 2 || (number >= 0x10 && number <= 0x4e)) {
      memoryAccess();
    } else {
      throw new Lost();
    }
  }
}
