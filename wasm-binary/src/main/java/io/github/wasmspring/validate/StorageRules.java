package io.github.wasmspring.validate;

import static io.github.wasmspring.validate.StackType.I32;
import static io.github.wasmspring.validate.StackType.I64;

import io.github.wasmspring.binary.BinaryCursor;
import io.github.wasmspring.binary.Opcode;

/** What instructions on memories and tables take and give. */
final class StorageRules {

  private static final int INDEX_FLAG = 0x40;
  private static final int FENCE = 3;
  private static final int FIRST_ATOMIC_ACCESS = 0x10;
  private static final int FIRST_ATOMIC_STORE = 0x17;
  private static final int FIRST_ATOMIC_CHANGE = 0x1e;
  private static final int FIRST_COMPARING = 0x48;

  private static final int[] ATOMIC_TYPE = {I32, I64, I32, I32, I64, I64, I64};
  private static final int[] ATOMIC_ALIGNMENT = {2, 3, 0, 1, 0, 1, 2};

  private final BinaryCursor in;
  private final Position place;
  private final ModuleScope scope;
  private final OperandStack stack;
  private int alignment;

  StorageRules(BinaryCursor in, Position place, ModuleScope scope, OperandStack stack) {
    this.in = in;
    this.place = place;
    this.scope = scope;
    this.stack = stack;
  }

  /**
   * Reads alignment, memory and offset.
   *
   * @param natural the logarithm of the width in bytes
   * @return the type of addresses of the memory
   */
  int access(int natural) {
    int flags = (int) this.in.u32();
    int memory = this.scope.memory((flags & INDEX_FLAG) == 0 ? 0 : this.in.u32());
    this.alignment = flags & ~INDEX_FLAG;
    if (this.alignment > natural) {
      throw this.place.invalid(
          "alignment must not be larger than natural: 2^%d for %d bytes"
              .formatted(this.alignment, 1 << natural));
    }
    long offset = this.in.u64();
    int address = this.scope.memoryAddresses[memory];
    if (address == I32 && offset >>> 32 != 0) {
      throw this.place.invalid(
          "offset out of range: %s for a memory of 32 bits"
              .formatted(Long.toUnsignedString(offset)));
    }
    return address;
  }

  /** Whether {@link #apply} knows the instruction. */
  static boolean knows(int opcode) {
    return NumericRules.isAccess(opcode)
        || opcode == Opcode.TABLE_GET
        || opcode == Opcode.TABLE_SET
        || opcode == Opcode.MEMORY_SIZE
        || opcode == Opcode.MEMORY_GROW;
  }

  void apply(int opcode) {
    switch (opcode) {
      case Opcode.TABLE_GET -> getElement();
      case Opcode.TABLE_SET -> setElement();
      case Opcode.MEMORY_SIZE -> this.stack.push(address());
      case Opcode.MEMORY_GROW -> grow();
      default -> {
        if (NumericRules.isStore(opcode)) {
          store(opcode);
        } else {
          load(opcode);
        }
      }
    }
  }

  private void load(int opcode) {
    this.stack.pop(access(NumericRules.alignment(opcode)));
    this.stack.push(NumericRules.accessed(opcode));
  }

  private void store(int opcode) {
    int address = access(NumericRules.alignment(opcode));
    this.stack.pop(NumericRules.accessed(opcode));
    this.stack.pop(address);
  }

  private void grow() {
    int address = address();
    this.stack.pop(address);
    this.stack.push(address);
  }

  private int address() {
    return this.scope.memoryAddresses[this.scope.memory(this.in.u32())];
  }

  /**
   * What came with bulk memory and references.
   *
   * @param number 8 to 17
   */
  void bulk(int number) {
    switch (number) {
      case 8 -> {
        this.scope.data(this.in.u32());
        three(address(), I32, I32);
      }
      case 9 -> this.scope.data(this.in.u32());
      case 10 -> {
        int to = address();
        int from = address();
        three(to, from, Math.min(to, from));
      }
      case 11 -> {
        int address = address();
        three(address, I32, address);
      }
      case 12 -> {
        int element = this.scope.element(this.in.u32());
        int table = table();
        checkElements(this.scope.elements[element], this.scope.tables[table]);
        three(this.scope.tableAddresses[table], I32, I32);
      }
      case 13 -> this.scope.element(this.in.u32());
      case 14 -> {
        int to = table();
        int from = table();
        checkElements(this.scope.tables[from], this.scope.tables[to]);
        int toAddress = this.scope.tableAddresses[to];
        int fromAddress = this.scope.tableAddresses[from];
        three(toAddress, fromAddress, Math.min(toAddress, fromAddress));
      }
      case 15 -> {
        int table = table();
        this.stack.pop(this.scope.tableAddresses[table]);
        this.stack.pop(this.scope.tables[table]);
        this.stack.push(this.scope.tableAddresses[table]);
      }
      case 16 -> this.stack.push(this.scope.tableAddresses[table()]);
      case 17 -> {
        int table = table();
        int address = this.scope.tableAddresses[table];
        three(address, this.scope.tables[table], address);
      }
      default -> throw this.place.malformed("illegal opcode 0xfc %d".formatted(number));
    }
  }

  private int table() {
    return this.scope.table(this.in.u32());
  }

  private void three(int first, int second, int third) {
    this.stack.pop(third);
    this.stack.pop(second);
    this.stack.pop(first);
  }

  private void checkElements(int found, int expected) {
    if (!this.scope.types.matches(found, expected)) {
      throw this.place.invalid(
          "type mismatch: %s in a table of %s"
              .formatted(StackType.toString(found), StackType.toString(expected)));
    }
  }

  private void getElement() {
    int table = table();
    this.stack.pop(this.scope.tableAddresses[table]);
    this.stack.push(this.scope.tables[table]);
  }

  private void setElement() {
    int table = table();
    this.stack.pop(this.scope.tables[table]);
    this.stack.pop(this.scope.tableAddresses[table]);
  }

  /**
   * What came with threads.
   *
   * @param number what follows the prefix
   */
  void atomic(int number) {
    if (number == FENCE) {
      this.in.octet();
      return;
    }
    if (number < FENCE) {
      await(number);
      return;
    }
    int form = (number - FIRST_ATOMIC_ACCESS) % ATOMIC_TYPE.length;
    int type = ATOMIC_TYPE[form];
    int address = atomicAccess(ATOMIC_ALIGNMENT[form]);
    if (number >= FIRST_ATOMIC_STORE) {
      this.stack.pop(type);
    }
    if (number >= FIRST_COMPARING) {
      this.stack.pop(type);
    }
    this.stack.pop(address);
    if (number < FIRST_ATOMIC_STORE || number >= FIRST_ATOMIC_CHANGE) {
      this.stack.push(type);
    }
  }

  /** Waits for another thread, or wakes those that wait. */
  private void await(int number) {
    int address = atomicAccess(number == 2 ? 3 : 2);
    if (number > 0) {
      this.stack.pop(I64);
    }
    this.stack.pop(number == 2 ? I64 : I32);
    this.stack.pop(address);
    this.stack.push(I32);
  }

  private int atomicAccess(int natural) {
    int address = access(natural);
    if (this.alignment != natural) {
      throw this.place.invalid(
          "atomic accesses must have natural alignment: 2^%d for %d bytes"
              .formatted(this.alignment, 1 << natural));
    }
    return address;
  }
}
