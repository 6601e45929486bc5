package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;
import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I64;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.FunctionSignature;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.run.AtomicInstructions;
import org.objectweb.asm.Opcodes;

/** Atomic instructions, which are calls of {@link AtomicInstructions}. */
final class AtomicCompiler {

  private static final int NOTIFY = 0x00;
  private static final int WAIT_32 = 0x01;
  private static final int WAIT_64 = 0x02;
  private static final int FENCE = 0x03;
  private static final int LOADS = 0x10;
  private static final int STORES = 0x17;
  private static final int CHANGES = 0x1e;
  private static final int COMPARISONS = 0x48;

  /** By the order in which the opcodes of each operation stand. */
  private static final int[] TYPES = {I32, I64, I32, I32, I64, I64, I64};

  private static final int[] WIDTHS = {4, 8, 1, 2, 1, 2, 4};

  private final BinaryCursor in;
  private final MethodBody method;
  private final AccessCompiler accesses;

  AtomicCompiler(BinaryCursor in, MethodBody method, AccessCompiler accesses) {
    this.in = in;
    this.method = method;
    this.accesses = accesses;
  }

  /**
   * @param opcode behind the prefix 0xfe
   */
  void add(int opcode) {
    if (opcode == FENCE) {
      this.in.octet();
      this.method.code.add(Opcodes.INVOKESTATIC, new Member(Names.ATOMICS, "fence", "()V"));
      return;
    }
    this.accesses.readPlace();
    int memory = this.accesses.memory();
    if (opcode == NOTIFY) {
      operands(I32);
      call("notify", "II", I32, memory);
    } else if (opcode == WAIT_32) {
      operands(I32, I64);
      call("await", "IIJ", I32, memory);
    } else if (opcode == WAIT_64) {
      operands(I64, I64);
      call("await", "IJJ", I32, memory);
    } else {
      int first = opcode - LOADS;
      access(opcode, TYPES[first % TYPES.length], WIDTHS[first % WIDTHS.length], memory);
    }
  }

  private void access(int opcode, int type, int width, int memory) {
    String value = FunctionSignature.descriptor(type);
    if (opcode < STORES) {
      operands();
      call("read", "I", I64, memory, width);
      if (type == I32) {
        this.method.pop();
        this.method.code.add(Opcodes.L2I);
        this.method.push(I32);
      }
    } else if (opcode < CHANGES) {
      operands(type);
      this.method.call(Names.ATOMICS, "write", "I" + value, 'V', memory, width);
    } else if (opcode < COMPARISONS) {
      operands(type);
      int operation = (opcode - CHANGES) / TYPES.length;
      call("change", "I" + value, type, memory, width, operation);
    } else {
      operands(type, type);
      call("compareExchange", "I" + value + value, type, memory, width);
    }
  }

  /** Makes an index of the address below the operands. */
  private void operands(int... types) {
    this.method.pop(types.length + 1);
    int address = this.method.taken();
    for (int i = types.length - 1; i >= 0; i--) {
      this.method.save(types[i], address + 1 + i);
    }
    if (!this.method.code.isMuted()) {
      this.accesses.makeIndex(address, InstructionBuffer.NONE);
    }
    for (int i = 0; i < types.length; i++) {
      this.method.load(types[i], address + 1 + i);
    }
  }

  private void call(String name, String operands, int result, int... constants) {
    char type = FunctionSignature.javaType(result);
    this.method.call(Names.ATOMICS, name, operands, type, constants);
    this.method.push(result);
  }
}
