package io.github.wasmspring.engine.chicory;

import io.github.wasmspring.binary.Opcode;
import io.github.wasmspring.internal.split.CostModel;
import io.github.wasmspring.internal.split.FunctionShape;
import io.github.wasmspring.internal.split.Instruction;
import io.github.wasmspring.internal.split.LocalType;
import io.github.wasmspring.internal.split.StackEffects;
import io.github.wasmspring.internal.split.Unsplittable;
import java.util.List;

/** Follows what Chicory's compiler emits; a test compares it with compiled modules. */
final class ChicoryCosts {

  static final CostModel MODEL =
      new CostModel() {
        @Override
        public int[] sums(FunctionShape function) {
          return new ChicoryCosts(function).sums();
        }

        @Override
        public int mostPerByte() {
          return 6;
        }

        @Override
        public int callOfPiece() {
          return 10;
        }

        @Override
        public int resultOfPiece() {
          return 7;
        }

        @Override
        public double usualPerByte() {
          return 1.8;
        }
      };

  private static final int INVOKE = 3;
  private static final int JUMP = 3;
  private static final int CONSTANT = 3;
  private static final int INTERRUPTION_CHECK = INVOKE;
  private static final int MEMORY_AND_INSTANCE = 2;

  private final FunctionShape shape;
  private final int[] slots;
  private final int memorySlot;
  private final int temporarySlot;

  private ChicoryCosts(FunctionShape shape) {
    this.shape = shape;
    List<LocalType> locals = shape.locals();
    int parameters = shape.type().parameters().size();
    this.slots = new int[locals.size()];
    int slot = 0;
    int memory = 0;
    for (int i = 0; i < this.slots.length; i++) {
      if (i == parameters) {
        memory = slot;
        slot += MEMORY_AND_INSTANCE;
      }
      this.slots[i] = slot;
      slot += locals.get(i).slots();
    }
    if (this.slots.length == parameters) {
      memory = slot;
      slot += MEMORY_AND_INSTANCE;
    }
    this.memorySlot = memory;
    this.temporarySlot = slot;
  }

  private int[] sums() {
    int[] sums = new int[this.shape.size() + 1];
    sums[0] = prologue();
    for (int i = 0; i < this.shape.size(); i++) {
      sums[i + 1] = sums[i] + of(i);
    }
    return sums;
  }

  private int prologue() {
    List<LocalType> locals = this.shape.locals();
    int bytes = 0;
    for (int i = this.shape.type().parameters().size(); i < locals.size(); i++) {
      bytes += locals.get(i).slots() + 1 + access(this.slots[i]);
    }
    return bytes;
  }

  private int of(int i) {
    Instruction instruction = this.shape.at(i);
    int opcode = instruction.opcode();
    if (StackEffects.isMemoryAccess(opcode)) {
      return constant(instruction.operand()) + access(this.memorySlot) + INVOKE + widening(opcode);
    }
    if (StackEffects.isBulk(opcode)) {
      return bulk(opcode);
    }
    if (StackEffects.isAtomic(opcode)) {
      return constant(instruction.operand()) + access(this.memorySlot) + INVOKE + 3;
    }
    if (opcode >= Opcode.I32_EQZ && opcode <= Opcode.I64_EXTEND32_S) {
      return isOneBytecode(opcode) ? 1 : INVOKE;
    }
    return switch (opcode) {
      case Opcode.BLOCK, Opcode.LOOP, Opcode.NOP -> 0;
      case Opcode.END -> this.shape.opener(i) == FunctionShape.FUNCTION ? leave() : 0;
      case Opcode.IF, Opcode.ELSE -> JUMP;
      case Opcode.BR -> unwinding(i) + JUMP + check(i);
      case Opcode.BR_IF -> conditional(i);
      case Opcode.BR_TABLE -> table(i);
      case Opcode.RETURN -> leave();
      case Opcode.CALL -> INTERRUPTION_CHECK + contextAndInvoke() + called(instruction);
      case Opcode.CALL_INDIRECT -> 1 + contextAndInvoke() + called(instruction);
      case Opcode.RETURN_CALL, Opcode.RETURN_CALL_INDIRECT ->
          INTERRUPTION_CHECK + contextAndInvoke() + leave();
      case Opcode.UNREACHABLE -> INVOKE + 1;
      case Opcode.THROW, Opcode.THROW_REF -> contextAndInvoke() + 20;
      case Opcode.DROP -> 1;
      case Opcode.SELECT, Opcode.SELECT_TYPED -> JUMP + 2;
      case Opcode.LOCAL_GET, Opcode.LOCAL_SET -> access(this.slots[checked(instruction)]);
      case Opcode.LOCAL_TEE -> 1 + access(this.slots[checked(instruction)]);
      case Opcode.GLOBAL_GET, Opcode.GLOBAL_SET ->
          constant(instruction.operand()) + access(this.memorySlot + 1) + INVOKE + 1;
      case Opcode.TABLE_GET, Opcode.TABLE_SET ->
          constant(instruction.operand()) + access(this.memorySlot + 1) + INVOKE;
      case Opcode.MEMORY_SIZE, Opcode.MEMORY_GROW -> access(this.memorySlot) + INVOKE;
      case Opcode.I32_CONST -> constant(instruction.operand());
      case Opcode.I64_CONST -> (instruction.operand() | 1) == 1 ? 1 : CONSTANT;
      case Opcode.F32_CONST, Opcode.F64_CONST -> instruction.operand() == 0 ? 1 : CONSTANT;
      case Opcode.REF_FUNC -> constant(instruction.operand());
      case Opcode.REF_NULL -> 1;
      default -> INVOKE;
    };
  }

  private int checked(Instruction instruction) {
    if (instruction.local() >= this.slots.length) {
      throw new Unsplittable("a local that is not there");
    }
    return instruction.local();
  }

  private int contextAndInvoke() {
    return access(this.memorySlot) + access(this.memorySlot + 1) + INVOKE;
  }

  private int called(Instruction call) {
    List<LocalType> results = this.shape.called(call).results();
    return results.size() > 1 ? unboxed(results) : 0;
  }

  private int unboxed(List<LocalType> results) {
    int bytes = access(this.temporarySlot);
    for (int i = 0; i < results.size(); i++) {
      bytes += access(this.temporarySlot) + constant(i) + 1 + fromLong(results.get(i));
    }
    return bytes;
  }

  private static int fromLong(LocalType type) {
    return switch (type) {
      case I64 -> 0;
      case F32, F64 -> INVOKE;
      default -> 1;
    };
  }

  private int leave() {
    return this.shape.type().results().size() > 1 ? INVOKE + 1 : 1;
  }

  private int check(int branch) {
    return this.shape.isBackward(branch) ? INTERRUPTION_CHECK : 0;
  }

  private int conditional(int branch) {
    int unwinding = unwinding(branch);
    if (unwinding > 0) {
      return JUMP + unwinding + JUMP + check(branch);
    }
    return this.shape.isBackward(branch) ? JUMP + INTERRUPTION_CHECK + JUMP : JUMP;
  }

  private int table(int branch) {
    int[] targets = this.shape.targets(branch);
    if (targets.length == 1) {
      return 1 + unwinding(branch) + JUMP + check(branch);
    }
    int unwinding = unwinding(branch);
    int unwindings = unwinding > 0 ? targets.length * (unwinding + JUMP) : 0;
    return check(branch) + 14 + 4 * (targets.length - 1) + unwindings;
  }

  private int unwinding(int branch) {
    int dropped = this.shape.dropped(branch);
    if (dropped <= 0) {
      return 0;
    }
    int kept = this.shape.labelTypes(this.shape.targets(branch)[0]).size();
    return dropped + 2 * kept * access(this.temporarySlot);
  }

  private static int bulk(int opcode) {
    return (opcode & 0xff) < 8 ? INVOKE : 8;
  }

  private static int access(int slot) {
    if (slot < 4) {
      return 1;
    }
    return slot < 256 ? 2 : 4;
  }

  private static int constant(long value) {
    if (value >= -1 && value <= 5) {
      return 1;
    }
    if (value == (byte) value) {
      return 2;
    }
    return CONSTANT;
  }

  /** What comes on top of reading or writing, as Java has no unsigned numbers. */
  private static int widening(int opcode) {
    return switch (opcode) {
      case 0x2d, 0x2f -> 4;
      case 0x31, 0x33, 0x35 -> 5;
      case 0x30, 0x32, 0x34, 0x3a, 0x3b, 0x3e -> 1;
      case 0x3c, 0x3d -> 2;
      default -> 0;
    };
  }

  private static boolean isOneBytecode(int opcode) {
    return switch (opcode) {
      case 0x6a, 0x6b, 0x6c, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76 -> true;
      case 0x7c, 0x7d, 0x7e, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88 -> true;
      case 0x8c, 0x92, 0x93, 0x94, 0x95, 0x9a, 0xa0, 0xa1, 0xa2, 0xa3 -> true;
      case 0xa7, 0xac, 0xb6, 0xbb -> true;
      default -> false;
    };
  }
}
