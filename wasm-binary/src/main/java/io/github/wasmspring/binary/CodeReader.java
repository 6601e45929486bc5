package io.github.wasmspring.binary;

import io.github.wasmspring.binary.WasmBinaryException.Kind;
import java.util.BitSet;

/**
 * Reads instructions, each for what it is and how long, and keeps account of the blocks that are
 * open. Whether the instructions fit each other is for the validation of an engine.
 */
final class CodeReader {

  private static final long MOST_THAT_CAN_BE_NUMBERED = 0xffff_ffffL;
  private static final int MEMORY_INDEX_FLAG = 0x40;

  private final BinaryCursor in;
  private final FeatureLog log;
  private final TypeReader types;
  private final TypeEntries entries;
  private final BinaryLimits limits;

  /** The open blocks that may still have an {@code else}, by depth. */
  private final BitSet ifs = new BitSet();

  private int depth;
  private boolean usesDataSegments;

  CodeReader(
      BinaryCursor in, FeatureLog log, TypeReader types, TypeEntries entries, BinaryLimits limits) {
    this.in = in;
    this.log = log;
    this.types = types;
    this.entries = entries;
    this.limits = limits;
  }

  /** Whether an instruction names a segment of data, which takes a data count section. */
  boolean usesDataSegments() {
    return this.usesDataSegments;
  }

  /**
   * The locals of a function and its instructions, up to the end of what can be read.
   *
   * @param parameters how many the function has, which are locals too
   * @return how many locals it has
   */
  int body(int parameters) {
    int locals = locals(parameters);
    try {
      instructions();
    } catch (UnknownInstructions proposal) {
      this.log.met(WasmFeature.STACK_SWITCHING);
      this.entries.useAll();
      return locals;
    }
    if (this.in.hasMore()) {
      throw new WasmBinaryException(
          Kind.MALFORMED, "instructions after the end of a function", this.in.position());
    }
    return locals;
  }

  private int locals(int parameters) {
    int start = this.in.position();
    long sum = 0;
    for (int runs = this.in.count("groups of locals", this.limits.locals()); runs > 0; runs--) {
      sum += this.in.u32();
      if (sum > MOST_THAT_CAN_BE_NUMBERED) {
        throw new WasmBinaryException(Kind.MALFORMED, "too many locals", start);
      }
      this.types.value();
    }
    long locals = parameters + sum;
    if (locals > this.limits.locals()) {
      throw new WasmBinaryException(
          Kind.LIMIT,
          "%d locals in a function, and %d are allowed".formatted(locals, this.limits.locals()),
          start);
    }
    return (int) locals;
  }

  /** The instructions of an expression, and the {@code end} behind it. */
  private void instructions() {
    this.depth = 1;
    while (this.depth > 0) {
      instruction();
    }
  }

  /** An expression that is evaluated when an instance is made. */
  void constant() {
    this.depth = 1;
    while (this.depth > 0) {
      switch (this.in.peek()) {
        case Opcode.I32_ADD,
            Opcode.I32_SUB,
            Opcode.I32_MUL,
            Opcode.I64_ADD,
            Opcode.I64_SUB,
            Opcode.I64_MUL -> {
          this.log.at(this.in.position());
          this.log.met(WasmFeature.EXTENDED_CONST);
          this.in.octet();
        }
        default -> {
          int start = this.in.position();
          try {
            instruction();
          } catch (UnknownInstructions proposal) {
            throw illegal("in a constant expression", start);
          }
        }
      }
    }
  }

  /** An expression of an element segment, where references to functions came with bulk memory. */
  void element() {
    if (this.in.peek() == Opcode.REF_FUNC) {
      this.in.octet();
      this.in.u32();
    }
    constant();
  }

  private void instruction() {
    int start = this.in.position();
    this.log.at(start);
    int opcode = this.in.octet();
    Immediates follow;
    WasmFeature feature;
    if (Opcodes.isPrefix(opcode)) {
      long number = this.in.u32();
      follow = Opcodes.immediates(opcode, number);
      if (follow == Immediates.ILLEGAL) {
        throw illegal("0x%x %d".formatted(opcode, number), start);
      }
      feature = Opcodes.feature(opcode, number);
      if (feature == WasmFeature.GC) {
        this.entries.useAll();
      }
      if (feature == WasmFeature.RELAXED_SIMD) {
        this.log.met(WasmFeature.SIMD);
      }
    } else {
      follow = Opcodes.immediates(opcode);
      if (opcode >= Opcode.I32_EQZ && opcode < Opcode.I32_EXTEND8_S) {
        return;
      }
      feature = Opcodes.feature(opcode);
    }
    if (feature != null) {
      this.log.met(feature);
      if (opcode == Opcode.RETURN_CALL_REF) {
        this.log.met(WasmFeature.TYPED_FUNCTION_REFERENCES);
      } else if (opcode == Opcode.REF_EQ
          || opcode == Opcode.REF_AS_NON_NULL
          || opcode == Opcode.BR_ON_NULL
          || opcode == Opcode.BR_ON_NON_NULL) {
        this.log.met(WasmFeature.REFERENCE_TYPES);
      }
    } else if (opcode == Opcode.THROW) {
      this.log.metException();
    }
    read(follow, opcode, start);
  }

  private void read(Immediates follow, int opcode, int start) {
    switch (follow) {
      case NONE -> {}
      case INDEX -> index(opcode);
      case I32 -> this.in.s32();
      case I64 -> this.in.s64();
      case ACCESS -> access();
      case BLOCK -> {
        this.types.block();
        open(opcode == Opcode.IF, start);
      }
      case END -> this.depth--;
      case ELSE -> otherwise(start);
      case LABELS -> {
        int count = this.in.count("targets of a br_table", this.limits.branchTargets());
        for (int left = count; left >= 0; left--) {
          this.in.u32();
        }
      }
      case INDIRECT -> {
        this.entries.use(this.in.u32());
        table();
      }
      case MEMORY -> memory();
      case F32 -> this.in.skip(4);
      case F64 -> this.in.skip(8);
      case TABLE -> this.in.u32();
      case TWO_INDICES -> {
        this.in.u32();
        this.in.u32();
      }
      case TYPES -> {
        for (int left = this.in.count("types", this.limits.parameters()); left > 0; left--) {
          this.types.value();
        }
      }
      case HEAP_TYPE -> this.types.heap();
      case TRY_TABLE -> {
        this.types.block();
        for (int left = this.in.count("handlers", this.limits.branchTargets()); left > 0; left--) {
          handler();
        }
        open(false, start);
      }
      case CAST -> {
        this.in.octet();
        this.in.u32();
        this.types.heap();
        this.types.heap();
      }
      case ACCESS_AND_LANE -> {
        access();
        this.in.octet();
      }
      case TWO_MEMORIES -> {
        memory();
        memory();
      }
      case SEGMENT_AND_MEMORY -> {
        this.usesDataSegments = true;
        this.in.u32();
        memory();
      }
      case DATA_SEGMENT -> {
        this.usesDataSegments = true;
        this.in.u32();
      }
      case TWO_TABLES -> {
        table();
        table();
      }
      case SEGMENT_AND_TABLE -> {
        this.in.u32();
        table();
      }
      case LANE -> this.in.octet();
      case LANES -> this.in.skip(16);
      case ZERO -> {
        int at = this.in.position();
        if (this.in.octet() != 0) {
          throw new WasmBinaryException(Kind.MALFORMED, "zero byte expected", at);
        }
      }
      default -> {
        if (Opcodes.isStackSwitching(opcode)) {
          throw new UnknownInstructions();
        }
        throw illegal("0x%x".formatted(opcode), start);
      }
    }
  }

  private void index(int opcode) {
    long index = this.in.u32();
    switch (opcode) {
      case Opcode.DELEGATE -> this.depth--;
      case Opcode.CALL_REF, Opcode.RETURN_CALL_REF -> this.entries.use(index);
      default -> {}
    }
  }

  private void open(boolean takesElse, int start) {
    this.depth++;
    if (this.depth > this.limits.nesting()) {
      throw new WasmBinaryException(
          Kind.LIMIT,
          "blocks are nested %d deep, and %d are allowed"
              .formatted(this.depth, this.limits.nesting()),
          start);
    }
    this.ifs.set(this.depth, takesElse);
  }

  private void otherwise(int start) {
    if (this.depth < 2 || !this.ifs.get(this.depth)) {
      throw new WasmBinaryException(Kind.MALFORMED, "an else without if", start);
    }
    this.ifs.clear(this.depth);
  }

  /** With bit 6 of the alignment set, the index of a memory follows. */
  private void access() {
    int start = this.in.position();
    long flags = this.in.u32();
    if (flags >= 2 * MEMORY_INDEX_FLAG) {
      throw new WasmBinaryException(Kind.MALFORMED, "malformed memop flags", start);
    }
    if ((flags & MEMORY_INDEX_FLAG) != 0) {
      this.log.met(WasmFeature.MULTI_MEMORY);
      this.in.u32();
    }
    this.in.u64();
  }

  private void memory() {
    if (this.in.u32() != 0) {
      this.log.met(WasmFeature.MULTI_MEMORY);
    }
  }

  private void table() {
    if (this.in.u32() != 0) {
      this.log.met(WasmFeature.REFERENCE_TYPES);
    }
  }

  private void handler() {
    int start = this.in.position();
    int kind = this.in.octet();
    if (kind > 3) {
      throw new WasmBinaryException(Kind.MALFORMED, "malformed catch clause", start);
    }
    this.in.u32();
    if (kind < 2) {
      this.in.u32();
    }
  }

  private static WasmBinaryException illegal(String opcode, int start) {
    return new WasmBinaryException(Kind.MALFORMED, "illegal opcode " + opcode, start);
  }

  /** Instructions of a proposal that has a name here, but no table. */
  private static final class UnknownInstructions extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownInstructions() {
      super(null, null, false, false);
    }
  }
}
