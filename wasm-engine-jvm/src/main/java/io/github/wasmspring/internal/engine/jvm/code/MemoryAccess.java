package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.F32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.F64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.V128;

import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import org.objectweb.asm.Opcodes;

/**
 * How an instruction reads or writes the memory.
 *
 * @param type of the value in the guest
 * @param view what the JVM reads or writes, as descriptors have it: {@code B} for a byte of the
 *     array, {@code V} for a vector
 * @param unsigned whether what is narrower than the type is filled up with zeros
 */
record MemoryAccess(int type, char view, boolean isStore, boolean unsigned) {

  static final MemoryAccess VECTOR_LOAD = new MemoryAccess(V128, 'V', false, false);
  static final MemoryAccess VECTOR_STORE = new MemoryAccess(V128, 'V', true, false);

  static final int FIRST = 0x28;
  private static final int LAST = 0x3e;

  private static final MemoryAccess[] ALL = {
    read(I32, 'I', false),
    read(I64, 'J', false),
    read(F32, 'F', false),
    read(F64, 'D', false),
    read(I32, 'B', false),
    read(I32, 'B', true),
    read(I32, 'S', false),
    read(I32, 'C', true),
    read(I64, 'B', false),
    read(I64, 'B', true),
    read(I64, 'S', false),
    read(I64, 'C', true),
    read(I64, 'I', false),
    read(I64, 'I', true),
    write(I32, 'I'),
    write(I64, 'J'),
    write(F32, 'F'),
    write(F64, 'D'),
    write(I32, 'B'),
    write(I32, 'S'),
    write(I64, 'B'),
    write(I64, 'S'),
    write(I64, 'I')
  };

  static boolean is(int opcode) {
    return opcode >= FIRST && opcode <= LAST;
  }

  static MemoryAccess of(int opcode) {
    return ALL[opcode - FIRST];
  }

  private static MemoryAccess read(int type, char view, boolean unsigned) {
    return new MemoryAccess(type, view, false, unsigned);
  }

  private static MemoryAccess write(int type, char view) {
    return new MemoryAccess(type, view, true, false);
  }

  int bytes() {
    return switch (this.view) {
      case 'B' -> 1;
      case 'S', 'C' -> 2;
      case 'I', 'F' -> 4;
      case 'V' -> 16;
      default -> 8;
    };
  }

  String viewName() {
    return switch (this.view) {
      case 'B' -> "Byte";
      case 'C' -> "Char";
      case 'S' -> "Short";
      case 'I' -> "Int";
      case 'J' -> "Long";
      case 'F' -> "Float";
      default -> "Double";
    };
  }

  /** What a method that stores takes, as descriptors have it. */
  char storedType() {
    return this.view == 'B' || this.view == 'S' ? 'I' : this.view;
  }

  /** Reads or writes what is more than a byte, given the array and the index. */
  private Member method() {
    return this.isStore
        ? new Member(Names.ACCESSES, "write" + viewName(), "([BI" + this.view + ")V")
        : new Member(Names.ACCESSES, "read" + viewName(), "([BI)" + this.view);
  }

  /** With the array, the index and for a store the value on the stack. */
  void transfer(InstructionBuffer code) {
    if (isVector()) {
      transferVector(code);
    } else if (this.view == 'B') {
      code.add(this.isStore ? Opcodes.BASTORE : Opcodes.BALOAD);
    } else {
      code.add(Opcodes.INVOKESTATIC, method());
    }
  }

  /** Whether it is of both halves of a vector. */
  boolean isVector() {
    return this.view == 'V';
  }

  /** With an object on the stack instead of halves, for a load the species below all. */
  void transferObject(InstructionBuffer code) {
    if (this.isStore) {
      code.add(Opcodes.DUP_X2);
      code.add(Opcodes.POP);
      code.add(Opcodes.INVOKEVIRTUAL, VectorKind.BYTE.store());
    } else {
      code.add(Opcodes.INVOKESTATIC, VectorKind.BYTE.load());
    }
  }

  private void transferVector(InstructionBuffer code) {
    if (this.isStore) {
      code.add(Opcodes.INVOKESTATIC, new Member(Names.ACCESSES, "writeVector", "([BIJJ)V"));
      return;
    }
    code.add(Opcodes.DUP2);
    code.add(Opcodes.INVOKESTATIC, new Member(Names.ACCESSES, "readLong", "([BI)J"));
    code.add(Opcodes.DUP2_X2);
    code.add(Opcodes.POP2);
    code.add(Opcodes.INVOKESTATIC, new Member(Names.ACCESSES, "readUpperHalf", "([BI)J"));
  }

  boolean isUnsignedNarrow() {
    return this.unsigned && this.type == I32;
  }

  void convertLoaded(InstructionBuffer code) {
    if (this.unsigned && this.view == 'B') {
      code.constant(0xff);
      code.add(Opcodes.IAND);
    }
    if (this.type == I64 && this.view != 'J') {
      code.add(Opcodes.I2L);
      if (this.unsigned && this.view == 'I') {
        code.number(InstructionBuffer.LONG, 0xffff_ffffL);
        code.add(Opcodes.LAND);
      }
    }
  }

  void convertStored(InstructionBuffer code) {
    if (this.type == I64 && this.view != 'J') {
      code.add(Opcodes.L2I);
    }
    if (this.view == 'S') {
      code.add(Opcodes.I2S);
    }
  }
}
