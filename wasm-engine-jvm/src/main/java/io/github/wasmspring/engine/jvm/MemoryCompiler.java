package io.github.wasmspring.engine.jvm;

import static io.github.wasmspring.engine.jvm.FunctionSignature.I32;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.engine.jvm.InstructionBuffer.Member;
import org.objectweb.asm.Opcodes;

/**
 * Instructions on the memory: accesses, which read and write its array themselves, and calls of
 * {@link MemoryInstructions}.
 */
final class MemoryCompiler {

  private final BinaryCursor in;
  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;

  MemoryCompiler(BinaryCursor in, MethodBody method) {
    this.in = in;
    this.method = method;
    this.code = method.code;
    this.stack = method.stack;
  }

  void size() {
    index();
    int start = this.code.add(Opcodes.ALOAD, this.method.locals.memory());
    this.code.add(Opcodes.ARRAYLENGTH);
    this.code.constant(16);
    this.code.add(Opcodes.IUSHR);
    this.stack.push(I32, start);
  }

  void grow() {
    index();
    this.method.pop();
    this.method.call(Names.MEMORIES, "grow", "I", 'I');
    this.code.add(InstructionBuffer.RELOAD_MEMORY);
    this.stack.seal();
    this.method.push(I32);
  }

  void init() {
    int segment = this.in.index();
    index();
    this.method.pop(3);
    this.method.call(Names.MEMORIES, "init", "III", 'V', segment);
  }

  void dropSegment() {
    this.method.call(Names.MEMORIES, "drop", "", 'V', this.in.index());
  }

  void copy() {
    index();
    index();
    this.method.pop(3);
    this.method.call(Names.MEMORIES, "copy", "III", 'V');
  }

  void fill() {
    index();
    this.method.pop(3);
    this.method.call(Names.MEMORIES, "fill", "III", 'V');
  }

  /** There is one memory. */
  private void index() {
    this.in.index();
    this.method.useMemory();
  }

  void access(int opcode) {
    MemoryAccess access = MemoryAccess.of(opcode);
    this.in.u32();
    long offset = this.in.u64();
    this.method.useMemory();
    if (access.isStore()) {
      store(access, offset);
    } else {
      load(access, offset);
    }
  }

  private void load(MemoryAccess access, long offset) {
    int start = this.method.popAll(1);
    int address = this.method.taken();
    if (this.code.isMuted()) {
      this.method.push(access.type());
      return;
    }
    if (start != TypedStack.NONE) {
      start = base(access, start);
    } else {
      this.method.save(I32, address);
      base(access, InstructionBuffer.NONE);
      this.method.load(I32, address);
    }
    addOffset(address, offset, InstructionBuffer.NONE);
    transfer(access);
    access.convertLoaded(this.code);
    this.stack.push(access.type(), start);
    if (access.isUnsignedNarrow()) {
      this.stack.setNotNegative(address);
    }
  }

  private void store(MemoryAccess access, long offset) {
    int valueStart = this.method.popAll(1);
    int value = this.method.taken();
    int addressStart = this.method.popAll(1);
    int address = this.method.taken();
    if (this.code.isMuted()) {
      return;
    }
    if (valueStart != TypedStack.NONE && addressStart != TypedStack.NONE) {
      base(access, addressStart);
      addOffset(address, offset, valueStart);
    } else {
      this.method.save(access.type(), value);
      this.method.save(I32, address);
      base(access, InstructionBuffer.NONE);
      this.method.load(I32, address);
      addOffset(address, offset, InstructionBuffer.NONE);
      this.method.load(access.type(), value);
    }
    access.convertStored(this.code);
    transfer(access);
  }

  private void transfer(MemoryAccess access) {
    for (int each : access.instructions()) {
      this.code.add(each);
    }
    if (access.handle() != null) {
      this.code.add(Opcodes.INVOKEVIRTUAL, access.method());
    }
  }

  /** What an access has below the address; the address begins behind it. */
  private int base(MemoryAccess access, int before) {
    Member handle = access.handle();
    int array = this.method.locals.memory();
    if (before == InstructionBuffer.NONE) {
      if (handle != null) {
        this.code.add(Opcodes.GETSTATIC, handle);
      }
      this.code.add(Opcodes.ALOAD, array);
      return InstructionBuffer.NONE;
    }
    if (handle == null) {
      return this.code.insert(before, Opcodes.ALOAD, array);
    }
    int first = this.code.insert(before, Opcodes.GETSTATIC, handle);
    this.code.insert(before, Opcodes.ALOAD, array);
    return first;
  }

  /**
   * A sum beyond the end of all memories is negative, and so is an address that was: both trap.
   *
   * @param before where the address ends, {@link InstructionBuffer#NONE} if it is on top
   */
  private void addOffset(int address, long offset, int before) {
    if (offset > Integer.MAX_VALUE) {
      put(before, Opcodes.POP, 0);
      put(before, InstructionBuffer.INT, -1);
      return;
    }
    boolean positive = this.method.isNotNegative(address);
    int local = this.stack.local(address);
    if (local != TypedStack.NONE) {
      this.method.locals.setNotNegative(local, this.stack.version(address));
    }
    if (offset == 0) {
      return;
    }
    int negative = this.code.newLabel();
    if (!positive) {
      put(before, Opcodes.DUP, 0);
      put(before, Opcodes.IFLT, negative);
    }
    put(before, InstructionBuffer.INT, (int) offset);
    put(before, Opcodes.IADD, 0);
    if (!positive) {
      put(before, InstructionBuffer.LABEL, negative);
    }
  }

  private void put(int before, int opcode, int operand) {
    if (before == InstructionBuffer.NONE) {
      this.code.add(opcode, operand);
    } else {
      this.code.insert(before, opcode, operand);
    }
  }
}
