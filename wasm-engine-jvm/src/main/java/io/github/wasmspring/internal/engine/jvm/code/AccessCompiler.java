package io.github.wasmspring.internal.engine.jvm.code;

import static io.github.wasmspring.internal.engine.jvm.module.FunctionSignature.I32;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.module.Member;
import io.github.wasmspring.internal.engine.jvm.module.Names;
import io.github.wasmspring.internal.engine.jvm.run.MemoryForm;
import io.github.wasmspring.internal.engine.jvm.run.SharedInstructions;
import org.objectweb.asm.Opcodes;

/**
 * Accesses to memories, which read and write their arrays. An address becomes an {@code int} that
 * is negative if it is beyond the end of all memories.
 */
final class AccessCompiler {

  private static final int OTHER_MEMORY = 0x40;
  private static final Member CHECK_INDEX = new Member("java/util/Objects", "checkIndex", "(II)I");

  private final BinaryCursor in;
  private final GuestModule module;
  private final MethodBody method;
  private final InstructionBuffer code;
  private final TypedStack stack;

  private MemoryAccess access = MemoryAccess.of(MemoryAccess.FIRST);
  private MemoryForm form = new MemoryForm(false, 0, false, false);
  private int memory;
  private long offset;
  private boolean isObject;

  AccessCompiler(BinaryCursor in, GuestModule module, MethodBody method) {
    this.in = in;
    this.module = module;
    this.method = method;
    this.code = method.code;
    this.stack = method.stack;
  }

  void access(int opcode) {
    readPlace();
    access(MemoryAccess.of(opcode));
  }

  /** Of a vector that is an object of bytes, unless the memory is shared. */
  void accessObject(MemoryAccess how) {
    this.isObject = !this.form.isShared();
    access(how);
    this.isObject = false;
  }

  /** At the place that was read last. */
  void access(MemoryAccess how) {
    this.access = how;
    if (this.form.isShared()) {
      shared();
      return;
    }
    if (this.memory == 0) {
      this.method.useMemory();
    }
    if (this.access.isStore()) {
      store();
    } else {
      load();
    }
  }

  /** Reads which memory an instruction accesses, and what is added to the address. */
  void readPlace() {
    this.memory = (this.in.u32() & OTHER_MEMORY) != 0 ? this.in.index() : 0;
    this.offset = this.in.u64();
    this.form = this.module.memory(this.memory);
  }

  int memory() {
    return this.memory;
  }

  /** By a call of {@link SharedInstructions}. */
  private void shared() {
    if (this.access.isVector()) {
      sharedVector();
      return;
    }
    if (!this.access.isStore()) {
      int start = this.method.popAll(1);
      if (!this.code.isMuted()) {
        makeIndex(this.method.taken(), InstructionBuffer.NONE);
      }
      this.method.call(
          Names.SHARED, "read" + this.access.viewName(), "I", this.access.view(), this.memory);
      this.access.convertLoaded(this.code);
      this.stack.push(this.access.type(), this.code.isMuted() ? TypedStack.NONE : start);
      return;
    }
    this.method.pop();
    int value = this.method.taken();
    this.method.save(this.access.type(), value);
    this.method.pop();
    if (!this.code.isMuted()) {
      makeIndex(this.method.taken(), InstructionBuffer.NONE);
    }
    this.method.load(this.access.type(), value);
    this.access.convertStored(this.code);
    this.method.call(
        Names.SHARED,
        "write" + this.access.viewName(),
        "I" + this.access.storedType(),
        'V',
        this.memory);
  }

  private void sharedVector() {
    boolean store = this.access.isStore();
    this.method.vectors.toHalves(store ? 2 : 0);
    this.method.pop(store ? 3 : 1);
    int address = this.method.taken();
    if (store) {
      this.method.saveVector(address + 1);
    }
    if (!this.code.isMuted()) {
      makeIndex(address, InstructionBuffer.NONE);
    }
    if (store) {
      this.method.loadVector(address + 1);
      this.method.call(Names.SHARED, "writeVector", "IJJ", 'V', this.memory);
      return;
    }
    this.method.save(I32, address);
    this.method.load(I32, address);
    this.method.call(Names.SHARED, "readLowerHalf", "I", 'J', this.memory);
    this.method.load(I32, address);
    this.method.call(Names.SHARED, "readUpperHalf", "I", 'J', this.memory);
    this.method.pushVector(TypedStack.NONE);
  }

  private void load() {
    int start = this.method.popAll(1);
    int address = this.method.taken();
    if (this.code.isMuted()) {
      this.method.pushValue(this.access.type(), TypedStack.NONE);
      return;
    }
    if (start != TypedStack.NONE) {
      start = base(start);
    } else {
      this.method.save(this.form.addressType(), address);
      base(InstructionBuffer.NONE);
      this.method.load(this.form.addressType(), address);
    }
    makeCheckedIndex(address, InstructionBuffer.NONE);
    transfer();
    this.access.convertLoaded(this.code);
    if (this.isObject) {
      this.method.pushVector(VectorKind.BYTE, start);
      return;
    }
    this.method.pushValue(this.access.type(), start);
    if (this.access.isUnsignedNarrow()) {
      this.stack.setNotNegative(address);
    }
  }

  /** What the value fails with comes first, so that it is in place before a size is compared. */
  private void store() {
    if (this.access.isVector()) {
      this.method.vectors.to(this.isObject ? VectorKind.BYTE : VectorKind.HALVES, 2);
    }
    int valueStart = this.method.popAll(this.access.isVector() ? 2 : 1);
    int value = this.method.taken();
    int addressStart = this.method.popAll(1);
    int address = this.method.taken();
    if (this.code.isMuted()) {
      return;
    }
    boolean isPlain = valueStart == this.code.last() || !this.form.isRoomy();
    if (valueStart != TypedStack.NONE && addressStart != TypedStack.NONE && isPlain) {
      base(addressStart);
      makeCheckedIndex(address, valueStart);
    } else {
      saveValue(value);
      this.method.save(this.form.addressType(), address);
      base(InstructionBuffer.NONE);
      this.method.load(this.form.addressType(), address);
      makeCheckedIndex(address, InstructionBuffer.NONE);
      loadValue(value);
    }
    this.access.convertStored(this.code);
    transfer();
  }

  private void transfer() {
    if (this.isObject) {
      this.access.transferObject(this.code);
    } else {
      this.access.transfer(this.code);
    }
  }

  private void saveValue(int home) {
    if (this.isObject) {
      this.code.add(Opcodes.ASTORE, this.method.locals.home(home));
    } else if (this.access.isVector()) {
      this.method.saveVector(home);
    } else {
      this.method.save(this.access.type(), home);
    }
  }

  private void loadValue(int home) {
    if (this.isObject) {
      this.code.add(Opcodes.ALOAD, this.method.locals.home(home));
    } else if (this.access.isVector()) {
      this.method.loadVector(home);
    } else {
      this.method.load(this.access.type(), home);
    }
  }

  /**
   * Puts the array below the address.
   *
   * @param before where the address begins, {@link InstructionBuffer#NONE} for here
   * @return the first of the instructions
   */
  private int base(int before) {
    if (this.isObject && !this.access.isStore()) {
      int first = this.code.put(before, Opcodes.GETSTATIC, VectorKind.BYTE.species());
      array(before);
      return first;
    }
    return array(before);
  }

  private int array(int before) {
    if (this.memory == 0) {
      return this.code.put(before, Opcodes.ALOAD, this.method.locals.memory());
    }
    int first = this.method.putMemory(before, this.memory);
    this.code.put(before, Opcodes.GETFIELD, Names.BYTES_FIELD);
    return first;
  }

  /**
   * Makes an index of an address: a sum beyond the end of all memories is negative, and so is what
   * was too big before. That traps.
   *
   * @param before where the address ends, {@link InstructionBuffer#NONE} if it is on top
   */
  void makeIndex(int address, int before) {
    boolean positive = this.method.isNotNegative(address);
    if (this.form.is64()) {
      narrow(before, positive);
    }
    int local = this.stack.local(address);
    if (this.offset < 0 || this.offset > Integer.MAX_VALUE) {
      this.code.put(before, Opcodes.POP, 0);
      this.code.put(before, InstructionBuffer.INT, -1);
      return;
    }
    if (local != TypedStack.NONE) {
      this.method.locals.setNotNegative(local, this.stack.version(address));
    }
    if (this.offset > 0) {
      addOffset(before, positive);
    }
  }

  private void makeCheckedIndex(int address, int before) {
    makeIndex(address, before);
    if (this.form.isRoomy()) {
      checkSize(before);
    }
  }

  private void addOffset(int before, boolean positive) {
    int negative = this.code.newLabel();
    if (!positive) {
      this.code.put(before, Opcodes.DUP, 0);
      this.code.put(before, Opcodes.IFLT, negative);
    }
    this.code.put(before, InstructionBuffer.INT, (int) this.offset);
    this.code.put(before, Opcodes.IADD, 0);
    if (!positive) {
      this.code.put(before, InstructionBuffer.LABEL, negative);
    }
  }

  /** The lower half of an {@code i64}, or -1 if it has more than 31 bits. */
  private void narrow(int before, boolean fits) {
    if (fits) {
      this.code.put(before, Opcodes.L2I, 0);
      return;
    }
    this.code.put(before, Opcodes.DUP2, 0);
    this.code.put(before, Opcodes.L2I, 0);
    this.code.put(before, Opcodes.DUP_X2, 0);
    this.code.put(before, Opcodes.POP, 0);
    this.code.put(before, InstructionBuffer.INT, Integer.SIZE - 1);
    this.code.put(before, Opcodes.LUSHR, 0);
    this.code.put(before, Opcodes.LCONST_0, 0);
    this.code.put(before, Opcodes.LCMP, 0);
    this.code.put(before, Opcodes.INEG, 0);
    this.code.put(before, Opcodes.IOR, 0);
  }

  private void checkSize(int before) {
    this.method.putMemory(before, this.memory);
    this.code.put(before, Opcodes.GETFIELD, Names.SIZE_FIELD);
    this.code.put(before, InstructionBuffer.INT, this.access.bytes() - 1);
    this.code.put(before, Opcodes.ISUB, 0);
    this.code.put(before, Opcodes.INVOKESTATIC, CHECK_INDEX);
  }
}
