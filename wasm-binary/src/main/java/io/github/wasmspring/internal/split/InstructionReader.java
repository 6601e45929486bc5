package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.Opcode;
import io.github.wasmspring.binary.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Decodes the instructions of a function, without those that nothing can reach. */
final class InstructionReader {

  private static final int EMPTY_BLOCK = 0x40;

  private final BinaryCursor in;
  private final byte[] source;
  private final ModuleContext module;
  private final List<Instruction> code = new ArrayList<>();

  private InstructionReader(BinaryCursor in, byte[] source, ModuleContext module) {
    this.in = in;
    this.source = source;
    this.module = module;
  }

  /**
   * @throws Unsplittable if there is anything unknown, reachable or not
   */
  static List<Instruction> read(BinaryCursor in, byte[] source, ModuleContext module) {
    InstructionReader reader = new InstructionReader(in, source, module);
    reader.readBody();
    return reader.code;
  }

  private void readBody() {
    int open = 1;
    int openUnreached = 0;
    boolean reached = true;
    while (open > 0) {
      Instruction next = readOne();
      int opcode = next.opcode();
      if (!reached) {
        if (next.opens()) {
          openUnreached++;
          continue;
        }
        if (openUnreached > 0) {
          openUnreached -= opcode == Opcode.END ? 1 : 0;
          continue;
        }
        if (opcode != Opcode.END && opcode != Opcode.ELSE) {
          continue;
        }
        reached = true;
      }
      if (next.opens()) {
        open++;
      } else if (opcode == Opcode.END) {
        open--;
      }
      reached = !StackEffects.terminates(opcode);
      this.code.add(next);
    }
    if (this.in.hasMore()) {
      throw new Unsplittable("instructions after the end");
    }
  }

  private Instruction readOne() {
    int start = this.in.position();
    int opcode = this.in.octet();
    return switch (opcode) {
      case Opcode.BLOCK, Opcode.LOOP, Opcode.IF -> {
        Signature type = readBlockType();
        yield new Instruction(opcode, 0, List.of(), type, this.source, start, this.in.position());
      }
      case Opcode.BR, Opcode.BR_IF -> Instruction.branch(opcode, List.of(this.in.index()));
      case Opcode.BR_TABLE -> Instruction.branch(opcode, readTable());
      case Opcode.LOCAL_GET, Opcode.LOCAL_SET, Opcode.LOCAL_TEE ->
          Instruction.with(opcode, this.in.index());
      case Opcode.BULK -> {
        int bulk = StackEffects.bulk(this.in.index());
        for (int i = 0; i < StackEffects.bulkIndices(bulk); i++) {
          this.in.index();
        }
        yield verbatim(bulk, 0, start);
      }
      case Opcode.ATOMIC -> {
        int atomic = StackEffects.atomic(this.in.index());
        long offset = atomic == StackEffects.atomic(0x03) ? this.in.octet() : readMemoryOffset();
        yield verbatim(atomic, offset, start);
      }
      case Opcode.VECTOR -> {
        int number = this.in.index();
        int vector = StackEffects.vector(number);
        long offset = VectorEffects.isAccess(number) ? readMemoryOffset() : 0;
        VectorEffects.skipImmediates(number, this.in);
        yield verbatim(vector, offset, start);
      }
      default -> verbatim(opcode, readOperand(opcode), start);
    };
  }

  private Instruction verbatim(int opcode, long operand, int start) {
    return new Instruction(
        opcode, operand, List.of(), null, this.source, start, this.in.position());
  }

  private Signature readBlockType() {
    long code = this.in.s33();
    if (code >= 0) {
      return known(this.module.type((int) Math.min(code, Integer.MAX_VALUE)));
    }
    int octet = (int) (code & 0x7f);
    if (octet == EMPTY_BLOCK) {
      return Signature.NOTHING;
    }
    return known(new Signature(List.of(), List.of(LocalType.of(octet))));
  }

  private static Signature known(Signature type) {
    if (!type.isKnown()) {
      throw new Unsplittable("a block of a type that is not known");
    }
    return type;
  }

  private List<Integer> readTable() {
    int size = this.in.index();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i <= size; i++) {
      labels.add(this.in.index());
    }
    return labels;
  }

  private long readOperand(int opcode) {
    if (StackEffects.isMemoryAccess(opcode)) {
      return readMemoryOffset();
    }
    if (opcode >= Opcode.I32_EQZ && opcode <= Opcode.I64_EXTEND32_S) {
      return 0;
    }
    return switch (opcode) {
      case Opcode.UNREACHABLE,
          0x01,
          Opcode.ELSE,
          Opcode.END,
          Opcode.RETURN,
          Opcode.DROP,
          Opcode.SELECT,
          Opcode.REF_IS_NULL,
          Opcode.THROW_REF ->
          0;
      case Opcode.CALL,
          Opcode.RETURN_CALL,
          Opcode.GLOBAL_GET,
          Opcode.GLOBAL_SET,
          Opcode.TABLE_GET,
          Opcode.TABLE_SET,
          Opcode.MEMORY_SIZE,
          Opcode.MEMORY_GROW,
          Opcode.REF_FUNC,
          Opcode.THROW ->
          this.in.index();
      case Opcode.CALL_INDIRECT, Opcode.RETURN_CALL_INDIRECT -> {
        int type = this.in.index();
        this.in.index();
        yield type;
      }
      case Opcode.I32_CONST -> this.in.s32();
      case Opcode.I64_CONST -> this.in.s64();
      case Opcode.F32_CONST -> readBits(4);
      case Opcode.F64_CONST -> readBits(8);
      case Opcode.SELECT_TYPED -> readSelectedType();
      case Opcode.REF_NULL -> this.in.s33();
      default -> throw new Unsplittable("the instruction " + opcode);
    };
  }

  private long readSelectedType() {
    int types = this.in.index();
    if (types != 1 || LocalType.of(ValueType.read(this.in)) == LocalType.OTHER) {
      throw new Unsplittable("a selection of a type that is not known");
    }
    return 0;
  }

  private long readBits(int octets) {
    long bits = 0;
    for (int i = 0; i < octets; i++) {
      bits |= (long) this.in.octet() << (8 * i);
    }
    return bits;
  }

  /** With bit 6 of the alignment set, the index of a memory follows. */
  private long readMemoryOffset() {
    if ((this.in.index() & 0x40) != 0) {
      this.in.index();
    }
    return this.in.u64();
  }
}
